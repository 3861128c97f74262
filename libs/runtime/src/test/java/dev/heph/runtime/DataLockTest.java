package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heph.error.HephException;
import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
    @TempDir
    Path tmp;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
    }

    @Test
    void aSecondHolderInTheSameProcessIsRefusedAndTheFirstKeepsItsHold() throws Exception {
        long pid = ProcessHandle.current().pid();
        try (var held = DataLock.take(home)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> DataLock.take(home))
                        .isInstanceOf(HephException.class)
                        .hasMessage("the data in " + home.data() + " is in use by pid " + pid
                                + " (heph store). Stop it first: heph down");
            }
            assertThat(other("once").waitFor()).as("another process sees the first hold").isEqualTo(1);
        }
        DataLock.take(home).close();
    }

    @Test
    void anotherProcessIsNamedAndItsDeathFreesTheData() throws Exception {
        Process holder = other("forever");
        await().until(() -> Files.exists(home.lock()) && !Files.readString(home.lock()).isEmpty());
        assertThatThrownBy(() -> DataLock.take(home)).hasMessageContaining("in use by pid " + holder.pid() + " (heph store)");

        holder.destroyForcibly().waitFor();

        DataLock.take(home).close();
    }

    private Process other(String how) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        tmp.toString(),
                        how)
                .inheritIO()
                .start();
    }

    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try {
                DataLock.take(Home.in(Path.of(arguments[0])));
            } catch (HephException e) {
                System.exit(e.reason().exitCode());
            }
            if (arguments[1].equals("forever")) {
                Thread.currentThread().join();
            }
        }
    }
}
