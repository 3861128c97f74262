package dev.heph.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.125Z");

    @TempDir
    Path tmp;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        RunFile file = RunFile.ofThisProcess("store", 4711, NOW);
        file.write(home);

        assertThat(RunFile.read(home, "store")).contains(file);
        assertThat(file.alive()).isTrue();
        assertThat(Files.readString(home.runFile("store")))
                .isEqualTo("{\"service\":\"store\",\"pid\":%d,\"port\":4711,\"build\":\"0.1.0\",\"started_at\":\"2026-11-21T09:00:00.125Z\"}%n"
                        .formatted(ProcessHandle.current().pid()));
        try (var left = Files.list(home.run())) {
            assertThat(left).containsExactly(home.runFile("store"));
        }
    }

    @Test
    void aProcessRemovesItsOwnFileOnly() {
        RunFile old = new RunFile("store", 1, 4711, "0.1.0", NOW);
        RunFile successor = RunFile.ofThisProcess("store", 4712, NOW);
        successor.write(home);

        old.remove(home);
        assertThat(RunFile.read(home, "store")).contains(successor);
        successor.remove(home);
        assertThat(RunFile.read(home, "store")).isEmpty();
    }

    @Test
    void aFileThatIsNotOursIsNone() throws Exception {
        for (String text : new String[] {"", "{}", "{\"service\":\"store\",\"pid\":\"many\"}", "\u0000"}) {
            Files.writeString(home.runFile("store"), text);
            assertThat(RunFile.read(home, "store")).isEmpty();
        }
    }

    @Test
    void aDeadProcessIsNotAlive() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(new RunFile("store", process.pid(), 1, "0.1.0", NOW).alive()).isFalse();
    }

    @Test
    void aSecretAdmitsItsOwnBearerOnly() throws Exception {
        assertThat(Secret.read(home)).isEmpty();
        Secret secret = Secret.readOrMake(home);
        Secret again = Secret.readOrMake(home);

        assertThat(again.bearer()).isEqualTo(secret.bearer()).matches("Bearer [0-9a-f]{64}");
        assertThat(again.admits(secret.bearer())).isTrue();
        assertThat(again.admits("Bearer " + "0".repeat(64))).isFalse();
        assertThat(again.admits("")).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.secret()))).isEqualTo("rw-------");
        assertThat(secret.toString()).doesNotContain(secret.bearer().substring(7));
        assertThat(Secret.renew(home).bearer()).isNotEqualTo(secret.bearer());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() {
        Home nowhere = Home.in(tmp.resolve("not made"));

        assertThatThrownBy(() -> RunFile.ofThisProcess("store", 1, NOW).write(nowhere))
                .isInstanceOf(HephException.class)
                .hasMessageContaining(nowhere.runFile("store") + ": no such file or directory");
    }
}
