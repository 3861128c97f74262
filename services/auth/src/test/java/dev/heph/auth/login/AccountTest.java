package dev.heph.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.provider.FakeProvider;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, staying so, and the end of it, with a provider that is a stand-in and a clock that a test moves. */
class AccountTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path tmp;

    private final FakeProvider provider = FakeProvider.start();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final Semaphore turns = new Semaphore(0);
    private final AtomicInteger loggedIn = new AtomicInteger();
    private volatile Instant now = Instant.now();
    private HttpServer hub;
    private Account account;

    @BeforeEach
    void start() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/sync/v1/login", exchange -> {
            byte[] body = Json.bytes(Json.object().put("needed", true).put("issuer", provider.issuer().toString()).put("client_id", "heph").put("scope", "openid"));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        hub.start();
        account = account(Optional.empty());
    }

    @AfterEach
    void stop() {
        account.close();
        hub.stop(0);
        provider.close();
    }

    private Account account(Optional<String> command) {
        return new Account(file(), command, () -> now, duration -> {
            pauses.add(duration);
            turns.acquire();
        }, loggedIn::incrementAndGet);
    }

    private Path file() {
        return tmp.resolve("login.json");
    }

    private String url() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    private JsonNode begin() {
        return account.login(Json.object().put("hub", url()));
    }

    private void logIn(String subject) {
        provider.devices().approve(begin().path("user_code").asText(), subject);
        turns.release();
        await().atMost(SOON).until(() -> !state().equals("waiting"));
    }

    private String state() {
        return account.status().path("state").asText();
    }

    private String token() {
        return account.token(Json.object().put("hub", url())).path("token").asText();
    }

    private Reason refusal() {
        try {
            token();
            return null;
        } catch (HephException e) {
            return e.reason();
        }
    }

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
            assertThat(files).containsExactly(file());
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
        assertThat(account.words()).isEqualTo("the identity provider refused the login (invalid_client: a test asked for it); to try again: heph auth login");
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
        assertThat(token()).isNotEqualTo(first);
    }

    @Test
    void aLoginThatWasRevokedIsOverAndSaysSo() {
        logIn("ada");
        provider.devices().revokeAll();
        now = now.plusSeconds(299);
        assertThat(refusal()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(account.words()).isEqualTo("the login is over: the identity provider has ended it (invalid_grant). Log in again: heph auth login");
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
    void nobodyElseLogsInOnADeviceThatHoldsSomebodysNotes() {
        logIn("ada");
        account.logout(Json.object());
        logIn("bob");
        assertThat(state()).isEqualTo("failed");
        assertThat(account.words()).startsWith("this device holds the notes of ada, so bob cannot log in here").contains("heph auth logout --forget");
        assertThat(provider.devices().sessions()).as("bob's tokens are revoked").isZero();
        logIn("ada");
        assertThat(state()).isEqualTo("in");

        account.logout(Json.object().put("forget", true));
        logIn("bob");
        assertThat(account.words()).endsWith("as bob");
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
        assertThatThrownBy(() -> Web.sealed("http://id.example", "the provider")).hasMessageContaining("is not https");
        assertThatThrownBy(() -> account.login(Json.object().put("hub", "http://127.0.0.1:1"))).hasMessageContaining("is not reached (connection refused)");
    }

    @Test
    void aCommandGivesTheTokenInstead() throws Exception {
        Path count = tmp.resolve("count");
        account.close();
        account = account(Optional.of("echo x >> " + count + "; echo token-$(wc -l < " + count + ")"));
        assertThat(token()).isEqualTo("token-1");
        assertThat(token()).isEqualTo("token-1");
        assertThat(account.token(Json.object().put("hub", url()).put("refused", "token-1")).path("token").asText()).isEqualTo("token-2");
        now = now.plusSeconds(300);
        assertThat(token()).isEqualTo("token-3");
        assertThat(state()).isEqualTo("in");
        assertThatThrownBy(this::begin).hasMessageContaining("the setting token_command gives the token");
        account = account(Optional.of("exit 3"));
        assertThatThrownBy(this::token).hasMessage("the command of the setting token_command ended with code 3; try it in a terminal");
        account = account(Optional.of("echo two words"));
        assertThatThrownBy(this::token).hasMessageContaining("printed no token");
    }
}
