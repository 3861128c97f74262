package dev.heph.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tokens of a login in the desktop's keychain: by a stand-in for its program, and by the real one where that is installed. */
class KeychainTest extends LoggingIn {
    /** Keeps what it is given in a file; is locked where there is one called locked, and asks its user where there is one called asks. */
    private static final String STAND_IN = """
            #!/bin/sh
            cd "${0%/*}" || exit 1
            echo "$@" >> told
            if [ -e asks ]; then exec sleep 60; fi
            if [ -e locked ]; then exit 1; fi
            case $1 in
                store) cat > secret ;;
                lookup) cat secret 2>/dev/null ;;
                clear) rm -f secret ;;
            esac
            """;

    private Duration patience = SOON;

    @Test
    void theTokensAreThereAndNotInTheFile() throws IOException {
        standIn();
        logIn("ada");
        String token = token();
        assertThat(file()).content().contains("\"session\"", url()).doesNotContain(token, "\"access\"", "\"refresh\"");
        assertThat(tmp.resolve("told")).content().as("for everybody to see").doesNotContain(token).contains("store", "lookup");

        anew();
        assertThat(token()).isEqualTo(token);
        now = now.plusSeconds(280);
        String next = token();
        assertThat(next).isNotEqualTo(token);
        anew();
        assertThat(token()).as("renewed ones too").isEqualTo(next);

        assertThat(account.logout(Json.object()).path("revoked").asBoolean()).isTrue();
        assertThat(tmp.resolve("secret")).doesNotExist();
        assertThat(provider.devices().sessions()).isZero();
    }

    @Test
    void aLockedOneIsSaidToBeSo_andAskedAgain() throws IOException {
        standIn();
        logIn("ada");
        String token = token();
        Files.createFile(tmp.resolve("locked"));
        anew();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        assertThat(account.words()).contains("the login is in this desktop's keychain (Secret Service), which does not give it now; unlock it");
        assertThat(state()).as("nobody is logged out by that").isEqualTo("in");
        Files.delete(tmp.resolve("locked"));
        assertThat(token()).isEqualTo(token);
        assertThat(account.words()).doesNotContain("keychain");
    }

    @Test
    void oneThatAsksSomebodyWhoIsNotThereHoldsNobodyUp() throws IOException {
        patience = Duration.ofMillis(500);
        standIn();
        Files.createFile(tmp.resolve("asks"));
        logIn("ada");
        assertThat(token()).isNotEmpty();
        assertThat(file()).content().contains("\"access\"");
    }

    @Test
    void whatItDoesNotTakeIsInTheFile_andGoesThereLater() throws IOException {
        standIn();
        Files.createFile(tmp.resolve("locked"));
        logIn("ada");
        String token = token();
        assertThat(file()).content().contains(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        Files.delete(tmp.resolve("locked"));
        anew();
        assertThat(token()).isEqualTo(token);
        now = now.plusSeconds(280);
        assertThat(token()).isNotEqualTo(token);
        assertThat(file()).content().doesNotContain("\"access\"");
    }

    @Test
    void whatSomebodyElseWroteThereIsNoLogin() throws IOException {
        standIn();
        logIn("ada");
        Files.writeString(tmp.resolve("secret"), "%%% no base64");
        anew();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        logIn("ada");
        assertThat(token()).isNotEmpty();
    }

    @Test
    void thereIsOneOnADesktopOnly() throws IOException {
        Map<String, String> environment = standIn();
        assertThat(of(environment, "Linux")).map(Keychain::name).contains("Secret Service");
        environment.remove("DBUS_SESSION_BUS_ADDRESS");
        assertThat(of(environment, "Linux")).as("over ssh").isEmpty();
        assertThat(of(environment, "Mac OS X")).as("without its program").isEmpty();
        environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        environment.put("PATH", "/nowhere");
        assertThat(of(environment, "Linux")).isEmpty();
    }

    /** A session bus and a keyring of its own, unlocked with a password. */
    @Test
    void theRealOne() throws Exception {
        assumeThat(List.of("dbus-daemon", "gnome-keyring-daemon", "secret-tool").stream().filter(program -> !installed(program)))
                .as("programs that are not installed").isEmpty();
        Process bus = new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--print-address").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Process keyring = null;
        try {
            String address = new BufferedReader(bus.inputReader()).readLine();
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("DBUS_SESSION_BUS_ADDRESS", address);
            environment.put("XDG_DATA_HOME", tmp.resolve("share").toString());
            environment.put("XDG_RUNTIME_DIR", Files.createDirectories(tmp.resolve("run"), PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------"))).toString());
            var starting = new ProcessBuilder("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            starting.environment().putAll(environment);
            keyring = starting.start();
            try (var password = keyring.getOutputStream()) {
                password.write("open sesame".getBytes(StandardCharsets.UTF_8));
            }
            keychain = of(environment, "Linux");
            await().atMost(SOON.multipliedBy(3)).until(() -> keychain.orElseThrow().put("probe"));
            anew();
            logIn("ada");
            String token = token();
            assertThat(file()).content().doesNotContain("\"access\"");
            anew();
            assertThat(token()).isEqualTo(token);
            account.logout(Json.object());
            assertThat(keychain.orElseThrow().get()).isEmpty();
        } finally {
            for (Process process : keyring == null ? List.of(bus) : List.of(keyring, bus)) {
                process.destroy();
                process.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private Map<String, String> standIn() throws IOException {
        Path program = Files.writeString(tmp.resolve("secret-tool"), STAND_IN);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = new HashMap<>(Map.of("PATH", tmp + ":" + System.getenv("PATH"), "DBUS_SESSION_BUS_ADDRESS", "unix:path=/stand-in"));
        keychain = of(environment, "Linux");
        anew();
        return environment;
    }

    private Optional<Keychain> of(Map<String, String> environment, String system) {
        return KeychainProgram.of(environment, system, tmp, patience);
    }

    private void anew() {
        account.close();
        account = account(Optional.empty());
    }
}
