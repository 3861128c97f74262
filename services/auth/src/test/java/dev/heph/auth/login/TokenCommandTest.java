package dev.heph.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A token that a command gives, and whose notes a device holds. */
class TokenCommandTest extends LoggingIn {
    @Test
    void nobodyElseLogsInOnADeviceThatHoldsSomebodysNotes() {
        logIn("ada");
        account.logout(Json.object());
        logIn("bob");
        assertThat(state()).isEqualTo("failed");
        assertThat(account.words()).startsWith("this device holds the notes of ada, so bob cannot log in here")
                .contains("heph auth logout --forget");
        assertThat(provider.devices().sessions()).as("bob's tokens are revoked").isZero();
        logIn("ada");
        assertThat(state()).isEqualTo("in");

        account.logout(Json.object().put("forget", true));
        logIn("bob");
        assertThat(account.words()).endsWith("as bob");
    }

    @Test
    void aCommandGivesTheTokenInstead() throws Exception {
        Path count = tmp.resolve("count");
        restart(printing("ada", count));
        assertThat(token()).as("nobody has asked for it").isEmpty();
        assertThat(count).doesNotExist();
        assertThat(asked("")).endsWith(".1");
        assertThat(token()).endsWith(".1");
        now = now.plusSeconds(300);
        assertThat(token()).endsWith(".2");
        assertThat(state()).isEqualTo("in");
        assertThatThrownBy(this::begin).hasMessageContaining("the setting token_command gives the token");
        restart("exit 3");
        assertThatThrownBy(this::token).hasMessage("the command of the setting token_command ended with code 3; try it in a terminal");
        restart("echo two words");
        assertThatThrownBy(this::token).hasMessageContaining("printed no token");
        restart("echo opaque");
        assertThatThrownBy(this::token).hasMessageContaining("printed a token that does not say whose it is");
        restart("yes | head -c 300000");
        assertThatThrownBy(this::token).hasMessageContaining("the command of the setting token_command");
    }

    @Test
    void whatACommandPrintsGoesToOneHub() {
        JsonNode other = Json.object().put("hub", "https://evil.example").put("refused", "");
        restart(printing("ada", tmp.resolve("count")));
        asked("");
        assertThatThrownBy(() -> account.token(other)).hasMessage("the token of the setting token_command is for " + url()
                + " only; to show it to this hub: set hub.url to it, or first: heph auth logout --forget");
        restart(printing("ada", tmp.resolve("count")));
        assertThatThrownBy(() -> account.token(other)).as("also after a restart").hasMessageContaining("is for " + url() + " only");

        account.close();
        account = account(Optional.of(printing("ada", tmp.resolve("count"))), Optional.of(URI.create("HTTPS://Hub.example/")));
        assertThatThrownBy(() -> asked("")).hasMessageContaining("is for https://hub.example only");
        assertThat(account.token(Json.object().put("hub", "https://hub.example").put("refused", "")).path("token").asText()).isNotEmpty();
    }

    @Test
    void aCommandThatDoesNotHelpIsRunLessAndLessOften() throws Exception {
        Path count = tmp.resolve("count");
        restart(printing("ada", count));
        String token = asked("");
        for (int second = 0; second < 200; second++) {
            token = asked(token);
            now = now.plusSeconds(1);
        }
        assertThat(Files.readAllLines(count)).as("at once, at once again, after one minute and after two more").hasSize(4);

        Path failed = tmp.resolve("failed");
        restart("echo x >> " + failed + "; exit 3");
        for (int second = 0; second < 200; second++) {
            assertThat(refusal()).isEqualTo(Reason.UNAUTHENTICATED);
            now = now.plusSeconds(1);
        }
        assertThat(Files.readAllLines(failed)).as("at once, after one minute and after two more").hasSize(3);
    }

    @Test
    void aCommandDoesNotGiveOnePersonsNotesToAnother() {
        logIn("ada");
        restart(printing("bob", tmp.resolve("count")));
        assertThatThrownBy(() -> asked("")).hasMessageStartingWith("this device holds the notes of ada, so bob cannot log in here");
        account.logout(Json.object().put("forget", true));
        assertThat(asked("")).isNotEmpty();
        restart(printing("ada", tmp.resolve("count")));
        assertThatThrownBy(() -> asked("")).hasMessageStartingWith("this device holds the notes of bob, so ada cannot log in here");
    }

    @Test
    void nobodyElseLogsInByAnotherNameOfTheHub() {
        logIn("ada");
        account.logout(Json.object());
        JsonNode told = account.login(Json.object().put("hub", url().replace("127.0.0.1", "localhost")));
        provider.devices().approve(told.path("user_code").asText(), "bob");
        turns.release();
        await().atMost(SOON).until(() -> state().equals("failed"));
        assertThat(account.words()).startsWith("this device holds the notes of ada, so bob cannot log in here");
        assertThat(account.token(Json.object().put("hub", "https://open.example"))).as("no trouble of another hub's").isEqualTo(Json.object());
    }

    /** A token about that person, each time another. */
    private String printing(String subject, Path count) {
        String body = Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Json.bytes(Json.object().put("iss", provider.issuer().toString()).put("sub", subject)));
        return "echo x >> " + count + "; echo e30." + body + ".$(wc -l < " + count + ")";
    }

    private String asked(String refused) {
        return account.token(Json.object().put("hub", url()).put("refused", refused)).path("token").asText();
    }

    private void restart(String command) {
        account.close();
        account = account(Optional.of(command));
    }

    /** Each run may ask a person to touch a key. */
    /** A hub has more than one name, and there is more than one hub. */
}
