package dev.heph.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the login that cannot be read ends no more than the login, and gives nobody's notes to somebody else. */
class DamagedLoginTest extends LoggingIn {
    private Path owner() {
        return tmp.resolve("owner.json");
    }

    private static void cut(Path file, double part) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    private void restart() {
        account.close();
        account = account(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.5, 0.99})
    void itSaysSoAndTheNotesStayTheirs(double part) throws Exception {
        logIn("ada");
        cut(file(), part);
        restart();

        assertThat(state()).isEqualTo("failed");
        assertThat(account.words()).startsWith(file() + " cannot be read (it is ").endsWith("): the login is lost, nothing else; log in again: heph auth login");
        assertThat(refusal()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThatThrownBy(this::token).hasMessage(account.words());

        logIn("bob");
        assertThat(account.words()).startsWith("this device holds the notes of ada, so bob cannot log in here");
        logIn("ada");
        assertThat(account.words()).isEqualTo("logged in to " + url() + " as ada");
        restart();
        assertThat(state()).isEqualTo("in");
    }

    @Test
    void aLoginThatIsGoneIsNobodysLoginAndTheNotesStayTheirs() throws Exception {
        logIn("ada");
        Files.delete(file());
        restart();

        assertThat(account.words()).isEqualTo("ada is logged out of " + url() + "; log in: heph auth login");
        logIn("bob");
        assertThat(state()).isEqualTo("failed");
    }

    /** As an older heph has left it, which kept no other file. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void whereNobodyKnowsWhoseTheNotesAreNobodyGetsThem(double part) throws Exception {
        logIn("ada");
        Files.delete(owner());
        cut(file(), part);
        restart();

        assertThat(account.words()).startsWith(file() + " cannot be read (it is ").endsWith("), and so not whose notes these are; if they are yours:"
                + " heph auth logout --forget, then heph auth login");
        assertThat(refusal()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThatThrownBy(this::begin).isInstanceOf(HephException.class).hasMessage(account.words());
        account.logout(Json.object());
        assertThatThrownBy(this::begin).as("a plain logout forgets nothing").isInstanceOf(HephException.class);
        restart();
        assertThatThrownBy(this::begin).isInstanceOf(HephException.class);

        account.logout(Json.object().put("forget", true));
        assertThat(state()).isEqualTo("out");
        logIn("bob");
        assertThat(state()).isEqualTo("in");
    }

    @Test
    void aTokenOfACommandGoesNowhereEitherThen() throws Exception {
        logIn("ada");
        cut(owner(), 0);
        cut(file(), 0);
        account.close();
        account = account(Optional.of("echo x"));

        assertThat(refusal()).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void oneFileIsEnough() throws Exception {
        logIn("ada");
        String token = token();
        cut(owner(), 0.5);
        restart();
        assertThat(token()).isEqualTo(token);

        now = now.plusSeconds(290); // new ones are fetched, and both files written
        token();
        cut(file(), 0.5);
        restart();
        logIn("bob");
        assertThat(account.words()).startsWith("this device holds the notes of ada");
    }

    @Test
    void whatIsForgottenIsForgottenForGood() throws Exception {
        logIn("ada");
        account.logout(Json.object().put("forget", true));
        assertThat(owner()).doesNotExist();
        restart();
        logIn("bob");
        assertThat(account.words()).endsWith("as bob");
    }

    @Test
    void whatIsInItIsNotSaid() throws Exception {
        logIn("ada");
        String token = token();
        Files.writeString(file(), token);
        restart();
        assertThat(account.words()).doesNotContain(token.substring(0, 10));
    }
}
