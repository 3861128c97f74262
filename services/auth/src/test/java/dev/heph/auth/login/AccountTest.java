package dev.heph.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logging in, staying so, and the end of it. */
class AccountTest extends LoggingIn {
    @Test
    void aPersonIsShownACodeAndAgreesElsewhere() throws Exception {
        JsonNode told = begin();
        String code = told.path("user_code").asText();
        assertThat(told.path("verification_uri").asText()).isEqualTo(provider.issuer() + "/activate");
        assertThat(told.path("verification_uri_complete").asText()).endsWith("?user_code=" + code);
        assertThat(state()).isEqualTo("waiting");
        assertThat(account.words()).isEqualTo("waits for somebody to agree to the code " + code + " at " + provider.issuer() + "/activate");
        turns.release(3);
        await().atMost(SOON).until(() -> pauses.size() == 4);
        assertThat(state()).as("pending").isEqualTo("waiting");

        provider.devices().approve(code, "ada");
        turns.release();
        await().atMost(SOON).until(() -> loggedIn.get() == 1);
        assertThat(account.words()).isEqualTo("logged in to " + url() + " as ada");
        assertThat(token()).startsWith("ey");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        try (var files = Files.list(tmp)) {
            assertThat(files).containsExactlyInAnyOrder(file(), tmp.resolve("owner.json"));
        }
    }

    @Test
    void aTokenGoesToTheHubThatSomebodyLoggedInToAndToNoOther() {
        logIn("ada");
        assertThat(account.token(Json.object().put("hub", "https://evil.example"))).isEqualTo(Json.object());
        assertThat(account.token(Json.object().put("hub", url() + "/"))).isEqualTo(Json.object());
    }

    @Test
    void itIsRememberedOverARestart() {
        logIn("ada");
        String token = token();
        account.close();
        account = account(Optional.empty());
        assertThat(token()).isEqualTo(token);
        assertThat(account.words()).endsWith("as ada");
    }

    @Test
    void whoIsToldToSlowDownAsksFiveSecondsLater() {
        provider.devices().answerWith("slow_down", "authorization_pending", "slow_down");
        begin();
        turns.release(3);
        await().atMost(SOON).until(() -> pauses.size() == 4);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(6), Duration.ofSeconds(11));
    }

    @Test
    void aProviderThatIsNotReachedIsAskedAgainLessOften() {
        String code = begin().path("user_code").asText();
        provider.down(true);
        turns.release(2);
        await().atMost(SOON).until(() -> pauses.size() == 3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        provider.down(false);
        provider.devices().approve(code, "ada");
        turns.release();
        await().atMost(SOON).until(() -> state().equals("in"));
    }

    @Test
    void aLoginThatIsDeniedOrNotAgreedToInTimeSaysSo() {
        provider.devices().answerWith("access_denied");
        logIn("ada");
        assertThat(account.words()).isEqualTo("the login was denied; to try again: heph auth login");
        provider.devices().answerWith("expired_token");
        logIn("ada");
        assertThat(account.words()).isEqualTo("nobody agreed to the code in time; to get a new one: heph auth login");
        provider.devices().answerWith("invalid_client");
        logIn("ada");
        assertThat(account.words()).isEqualTo("the identity provider refused the login (invalid_client: a test asked for it); to try"
                + " again: heph auth login");
        begin();
        now = now.plusSeconds(601);
        turns.release();
        await().atMost(SOON).until(() -> state().equals("failed"));
        assertThat(account.words()).startsWith("nobody agreed to the code in time");
        assertThat(loggedIn.get()).isZero();
    }

    @Test
    void newTokensAreFetchedBeforeTheOldOnesEnd() {
        logIn("ada"); // for five minutes
        String first = token();
        now = now.plusSeconds(239);
        assertThat(token()).isEqualTo(first);
        now = now.plusSeconds(1);
        String second = token();
        assertThat(second).isNotEqualTo(first);
        now = now.plusSeconds(240);
        assertThat(token()).as("the refresh token is another each time").isNotIn(first, second);
        assertThat(provider.devices().asked()).containsExactly("device", "code", "refresh", "refresh");
    }

    /** RFC 8707, where the hub says so: the stand-in refuses each request that does not name it. */
    @Test
    void theServerThatTokensAreForIsNamedEachTimeAlsoAfterARestart() {
        resource = Optional.of("https://hub.example/a?b=c&d");
        assertThatThrownBy(this::begin).hasMessageContaining("invalid_target");
        provider.devices().resource(resource.get());
        logIn("ada");
        String first = token();
        account.close();
        account = account(Optional.empty());
        assertThat(token()).isEqualTo(first);
        now = now.plusSeconds(240);
        assertThat(token()).isNotEqualTo(first);
        assertThat(provider.devices().asked()).containsExactly("device", "device", "code", "refresh");
    }

    @Test
    void aTokenTheHubRefusesIsChangedForAnotherOnce() {
        logIn("ada");
        String first = token();
        JsonNode refused = Json.object().put("hub", url()).put("refused", first);
        assertThat(account.token(refused).path("token").asText()).as("brand-new").isEqualTo(first);
        now = now.plusSeconds(31);
        String second = account.token(refused).path("token").asText();
        assertThat(second).isNotEqualTo(first);
        assertThat(account.token(refused).path("token").asText()).as("refused is the one before").isEqualTo(second);
    }

    @Test
    void whileTheProviderIsAwayAGoodTokenIsGoneOnWith() {
        logIn("ada");
        String first = token();
        provider.down(true);
        now = now.plusSeconds(250);
        assertThat(token()).isEqualTo(first);
        now = now.plusSeconds(60);
        assertThat(refusal()).as("ended").isEqualTo(Reason.AWAY);
        assertThat(state()).as("nobody was logged out").isEqualTo("in");
        provider.down(false);
        now = now.plusSeconds(60);
        assertThat(token()).isNotEqualTo(first);
    }

    /** A proxy before the provider that has an evil day, or a client that was switched off for an hour. */
    @Test
    void onlyTheProviderItselfEndsALogin() {
        logIn("ada");
        now = now.plusSeconds(310);
        for (int status : new int[] {400, 401, 403, 404, 200, 302}) {
            provider.proxyAnswers(status);
            assertThat(refusal()).as("status %d", status).isEqualTo(Reason.AWAY);
            assertThat(state()).isEqualTo("in");
            now = now.plusSeconds(310);
        }
        provider.proxyAnswers(0);
        provider.devices().answerWith("invalid_client", "server_error");
        assertThatThrownBy(this::token).hasMessageContaining("does not renew the login now (invalid_client); it is asked again by itself");
        now = now.plusSeconds(310);
        assertThat(refusal()).isEqualTo(Reason.AWAY);
        now = now.plusSeconds(310);
        assertThat(token()).startsWith("ey");
    }

    @Test
    void aProviderThatDoesNotRenewIsAskedLessAndLessOften() {
        logIn("ada");
        now = now.plusSeconds(310);
        provider.devices().answerWith("server_error", "server_error", "server_error");
        for (int second = 0; second < 30; second++) {
            assertThat(refusal()).isEqualTo(Reason.AWAY);
            now = now.plusSeconds(1);
        }
        assertThat(provider.devices().asked()).as("after 0, 5 and 15 seconds").filteredOn("refresh"::equals).hasSize(3);
        now = now.plusSeconds(5);
        assertThat(token()).startsWith("ey");
    }

    @Test
    void aPersonIsSentToNoPageThatStrangersCanRead() {
        for (String page : List.of("http://id.example/activate", "javascript:alert(1)", "/activate")) {
            provider.devices().page(page);
            assertThatThrownBy(this::begin).hasMessageContaining(page + " is not https: a login does not go there");
        }
        provider.devices().page("https://id.example/\u001b[2J");
        assertThatThrownBy(this::begin).hasMessageContaining("https://id.example/ [2J").hasMessageNotContaining("\u001b");
        provider.devices().page("https://id.example/ab\u202ecd");
        assertThatThrownBy(this::begin).hasMessageContaining("'https://id.example/ab cd' is no address");
        provider.devices().page("https://id.example/activate");
        assertThat(begin().path("verification_uri").asText()).isEqualTo("https://id.example/activate");
    }

    @Test
    void whatAProviderSaysIsFitForATerminal() {
        provider.devices().flourish("\u001b[2J\u009b1m");
        assertThat(begin().path("user_code").asText()).matches("CODE-\\d+ \\[2J 1m");
        provider.devices().answerWith("bad\u001b]0;x\u0007");
        logIn("ada\u001b[31m");
        assertThat(account.words()).contains("refused the login (bad ]0;x").doesNotContain("\u001b");
    }

    @Test
    void aProviderElsewhereIsNotFollowedToThisMachine() {
        URI remote = URI.create("https://id.example");
        assertThatThrownBy(() -> Web.sealed(remote, "http://127.0.0.1:9200/token", "the token_endpoint")).hasMessageContaining("is not https");
        assertThat(Web.sealed(remote, "https://other.example/token", "the token_endpoint")).hasHost("other.example");
        assertThat(Web.sealed(provider.issuer(), "http://localhost:1/token", "the token_endpoint")).hasPort(1);
    }

    @Test
    void aLoginThatWasRevokedIsOverAndSaysSo() {
        logIn("ada");
        provider.devices().revokeAll();
        now = now.plusSeconds(299);
        assertThat(refusal()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(account.words()).isEqualTo("the login is over: the identity provider has ended it (invalid_grant). Log in again: heph"
                + " auth login");
        assertThat(refusal()).as("and it is not asked for again").isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(provider.devices().asked()).containsOnlyOnce("refresh");
        assertThat(file()).content().doesNotContain("refresh-").doesNotContain("eyJ");
        logIn("ada");
        assertThat(token()).isNotEmpty();
    }

    @Test
    void whoLogsOutIsLoggedOutThereToo() {
        logIn("ada");
        assertThat(provider.devices().sessions()).isEqualTo(1);
        assertThat(account.logout(Json.object())).isEqualTo(Json.object().put("was_logged_in", true).put("revoked", true));
        assertThat(provider.devices().sessions()).isZero();
        assertThat(file()).content().doesNotContain("refresh-").doesNotContain("eyJ").contains("ada");
        assertThatThrownBy(this::token).hasMessage("ada is logged out of " + url() + "; log in: heph auth login");
        assertThat(account.token(Json.object().put("hub", "https://open.example"))).isEqualTo(Json.object());
        assertThat(account.words()).isEqualTo("ada is logged out of " + url() + "; log in: heph auth login");
        assertThat(account.logout(Json.object()).path("was_logged_in").asBoolean()).isFalse();
    }

    @Test
    void whatIsWipedIsWipedAlsoWhileTheProviderIsAway() {
        logIn("ada");
        provider.down(true);
        assertThat(account.logout(Json.object())).isEqualTo(Json.object().put("was_logged_in", true).put("revoked", false));
        assertThat(file()).content().doesNotContain("refresh-").doesNotContain("eyJ");
    }

    @Test
    void aLaterLoginEndsTheOneUnderWay() {
        String first = begin().path("user_code").asText();
        String second = begin().path("user_code").asText();
        provider.devices().approve(first, "eve");
        provider.devices().approve(second, "ada");
        turns.release(2);
        await().atMost(SOON).until(() -> state().equals("in"));
        assertThat(account.words()).endsWith("as ada");
    }

    @Test
    void aProviderThatIsNoProviderIsNotTalkedTo() {
        provider.claims("https://id.example");
        assertThatThrownBy(this::begin).hasMessageContaining("there is no identity provider at " + provider.issuer() + " that calls itself so");
        assertThatThrownBy(() -> Web.sealed(provider.issuer(), "http://id.example", "the provider")).hasMessageContaining("is not https");
        assertThatThrownBy(() -> account.login(Json.object().put("hub", "http://127.0.0.1:1"))).hasMessageContaining("is not reached (connection refused)");
    }
}
