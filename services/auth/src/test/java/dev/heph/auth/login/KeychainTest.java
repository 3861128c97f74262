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
import java.util.Base64;
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
        awaitInKeychain();
        assertThat(file()).content().contains("\"session\"", url()).doesNotContain(token);
        assertThat(tmp.resolve("told")).content().as("for everybody to see").doesNotContain(token).contains("store", "lookup");

        anew();
        assertThat(token()).isEqualTo(token);
        now = now.plusSeconds(280);
        String next = token();
        assertThat(next).isNotEqualTo(token);
        awaitInKeychain();
        anew();
        assertThat(token()).as("renewed ones too").isEqualTo(next);

        assertThat(account.logout(Json.object()).path("revoked").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> !Files.exists(tmp.resolve("secret")));
        assertThat(provider.devices().sessions()).isZero();
    }

    @Test
    void aLockedOneIsSaidToBeSo_andAskedAgainAfterAWhile() throws IOException {
        standIn();
        logIn("ada");
        String token = token();
        awaitInKeychain();
        Files.createFile(tmp.resolve("locked"));
        anew();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        assertThat(account.words()).contains("the login is in this desktop's keychain (Secret Service), which does not give it now; unlock it");
        assertThat(state()).as("nobody is logged out by that").isEqualTo("in");
        long asked = Files.lines(tmp.resolve("told")).count();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        assertThat(tmp.resolve("told")).as("each question may be a window").content().hasLineCount((int) asked);

        Files.delete(tmp.resolve("locked"));
        now = now.plusSeconds(31);
        assertThat(token()).isEqualTo(token);
        assertThat(account.words()).doesNotContain("keychain");
    }

    @Test
    void whileItAsksSomebodyWhoIsNotThereNobodyIsHeldUp() throws Exception {
        standIn();
        Files.createFile(tmp.resolve("asks"));
        logIn("ada");
        String token = token();
        await().atMost(SOON).until(() -> Files.exists(tmp.resolve("told")));
        assertThat(account.words()).startsWith("logged in to");
        assertThat(file()).content().contains(token);
        account.logout(Json.object());
        assertThat(state()).isEqualTo("out");
        assertThat(file()).content().doesNotContain(token);
    }

    @Test
    void whatItDoesNotTakeIsInTheFile_andGoesThereLater() throws IOException {
        standIn();
        Files.createFile(tmp.resolve("locked"));
        logIn("ada");
        String token = token();
        await().atMost(SOON).until(() -> Files.exists(tmp.resolve("told")));
        assertThat(file()).content().contains(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        Files.delete(tmp.resolve("locked"));
        anew();
        assertThat(token()).isEqualTo(token);
        now = now.plusSeconds(280);
        assertThat(token()).isNotEqualTo(token);
        awaitInKeychain();
    }

    @Test
    void whatIsNotWantedThereAnyMoreComesBackToTheFile() throws IOException {
        standIn();
        logIn("ada");
        String token = token();
        awaitInKeychain();
        wanted = false;
        anew();
        assertThat(token()).isEqualTo(token);
        assertThat(file()).content().contains(token);
        await().atMost(SOON).until(() -> !Files.exists(tmp.resolve("secret")));
    }

    @Test
    void theTokensOfAnotherLoginGoNowhere() throws IOException {
        standIn();
        logIn("ada");
        token();
        awaitInKeychain();
        Path secret = tmp.resolve("secret");
        String other = new String(Base64.getUrlDecoder().decode(Files.readString(secret)), StandardCharsets.UTF_8).replace(url(), "https://evil.example");
        Files.writeString(secret, Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(StandardCharsets.UTF_8)));
        anew();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        Files.writeString(secret, "%%% no base64");
        anew();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        logIn("ada");
        assertThat(token()).isNotEmpty();
    }

    @Test
    void logoutSaysThatALockedOneKeepsTheLogin() throws IOException {
        standIn();
        logIn("ada");
        token();
        awaitInKeychain();
        Files.createFile(tmp.resolve("locked"));
        anew();
        assertThat(account.logout(Json.object()).toString()).isEqualTo("{\"was_logged_in\":true,\"revoked\":false,"
                + "\"reason\":\"the keychain did not give the login\"}");
    }

    @Test
    void whereThereIsNoDesktopNothingCanBeUnlocked() throws IOException {
        standIn();
        logIn("ada");
        token();
        awaitInKeychain();
        keychain = Optional.empty();
        anew();
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        assertThat(account.words()).contains("heph runs outside of one; start it there");
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

    /** As it is described; nobody has tried the program itself. */
    @Test
    void theProgramOfMacIsToldTheSecretOnItsInput() throws IOException {
        Path program = Files.writeString(tmp.resolve("security"), """
                #!/bin/sh
                cd "${0%/*}" || exit 1
                case $1 in
                    -i) read -r line && printf '%s' "$line" > line && printf '%s' "${line##* }" > secret ;;
                    find-generic-password) cat secret ;;
                    delete-generic-password) rm secret ;;
                esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = Map.of("PATH", tmp + ":" + System.getenv("PATH"));
        Keychain mac = KeychainProgram.of(environment, "Mac OS X", Path.of("/Users/ada/100% \"mine\""), SOON).orElseThrow();
        assertThat(mac.put("c2VjcmV0")).isTrue();
        assertThat(tmp.resolve("line")).content().isEqualTo("add-generic-password -U -a heph -s \"heph /Users/ada/100% \\\"mine\\\"\" -w c2VjcmV0");
        assertThat(mac.get()).contains("c2VjcmV0");
        assertThat(mac.put("x".repeat(4_000))).as("its lines are shorter").isFalse();
        assertThat(mac.get()).contains("c2VjcmV0");
        assertThat(mac.clear()).isTrue();
        assertThat(mac.get()).isEmpty();
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
            awaitInKeychain();
            anew();
            assertThat(token()).isEqualTo(token);
            account.logout(Json.object());
            await().atMost(SOON).until(() -> keychain.orElseThrow().get().isEmpty());
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

    private void awaitInKeychain() {
        await().atMost(SOON.multipliedBy(2)).untilAsserted(() -> assertThat(file()).content().doesNotContain("\"access\"", "\"refresh\""));
    }

    private void anew() {
        account.close();
        account = account(Optional.empty());
    }
}
