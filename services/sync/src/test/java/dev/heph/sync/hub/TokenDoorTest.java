package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Answers;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.runtime.Spaces;
import dev.heph.settings.Home;
import dev.heph.settings.Login;
import dev.heph.settings.Proxies;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one person, and one address, may ask of a hub: with an auth that says what a test lets it say. */
@Timeout(60)
class TokenDoorTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path tmp;

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch looked = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private volatile boolean withdrawn;
    private volatile boolean revoked;
    private static final Logger LOGGER = Logger.getLogger(TokenDoor.class.getName());

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler said = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private ServiceServer auth;
    private ServiceServer store;
    private Newsroom newsroom;
    private HubServer hub;

    @BeforeEach
    void start() {
        start(Proxies.NONE);
        LOGGER.addHandler(said);
    }

    private void start(Proxies proxies) {
        Home home = Home.in(tmp).create();
        auth = ServiceServer.of("auth", home, Clock.systemUTC())
                .call("auth.identify", request -> Answer.of(identified(request.params().path("token").asText())))
                .start();
        store = ServiceServer.of("store", home, Clock.systemUTC())
                .spaces(space -> Spaces.Visit.of(new Answers().call("exchange.vector", request -> vector()))).start();
        auth.announce();
        store.announce();
        var calls = new HubStore(new ServiceClient(home, "store"));
        newsroom = new Newsroom(calls, Clock.systemUTC());
        var login = new Login(URI.create("https://id.example"), "heph", "heph", Optional.of(URI.create("https://hub.example")), Optional.empty());
        hub = HubServer.start(RunningHub.ANY_PORT, Optional.empty(), Optional.of(login), () -> true,
                new TokenDoor(new ServiceClient(home, "auth"), calls, newsroom, proxies, now::get), Meters.NONE, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(said);
        looked.countDown();
        http.shutdownNow();
        hub.close();
        newsroom.close();
        store.close();
        auth.close();
    }

    private JsonNode identified(String token) {
        asked.incrementAndGet();
        if (token.startsWith("good") && !withdrawn) {
            return Json.object().put("space", token).put("expires", switch (token) {
                case "goodbutbrief" -> 0;
                case "goodforasecond" -> START.plusSeconds(1).toEpochMilli();
                default -> Long.MAX_VALUE / 2;
            });
        }
        if (token.equals("slow")) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                looked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            inside.decrementAndGet();
        }
        if (token.equals("unknownkey")) {
            throw new HephException(Reason.AWAY, "that key is not known", Map.of("unknown_key", true));
        }
        if (token.equals("away")) {
            throw new HephException(Reason.AWAY, "the provider is away", Map.of("unknown_key", false));
        }
        throw new HephException(Reason.UNAUTHENTICATED, "the token is bad");
    }

    private Answer vector() {
        if (revoked) {
            throw new HephException(Reason.REVOKED, "the device was revoked");
        }
        return Answer.raw("{}");
    }

    private CompletableFuture<HttpResponse<InputStream>> ask(String path, String token) {
        return http.sendAsync(HttpRequest.newBuilder(URI.create(hub.url() + "/sync/v1/" + path + "?space=personal"))
                .header("Authorization", "Bearer " + token).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofInputStream());
    }

    private int status(String path, String token) {
        return ask(path, token).join().statusCode();
    }

    /** To look costs; and the one whose token is good may have moved in behind the same proxy a moment ago. */
    @Test
    void anAddressThatWasRefusedTooOftenIsLookedAtOneAfterTheOther() {
        List<Integer> statuses = IntStream.range(0, 40).map(each -> status("vector", "bad")).boxed().toList();
        assertThat(statuses).startsWith(401).endsWith(429);

        List<CompletableFuture<HttpResponse<InputStream>>> many = IntStream.range(0, 6).mapToObj(each -> ask("vector", "slow")).toList();
        await().until(() -> many.stream().filter(CompletableFuture::isDone).count() == 4);
        assertThat(many.stream().filter(CompletableFuture::isDone).map(each -> each.join().statusCode())).containsOnly(429);
        assertThat(most).as("looked at at once").hasValue(2);
        looked.countDown();
        assertThat(status("vector", "good")).isEqualTo(200);
        many.forEach(CompletableFuture::join);
    }

    @Test
    void soManyDevicesOfOnePersonListenAndNoMore() {
        IntStream.range(0, Newsroom.MOST_LISTENERS).forEach(each -> assertThat(status("news", "good")).isEqualTo(200));

        assertThat(status("news", "good")).isEqualTo(429);
        assertThat(status("vector", "good")).isEqualTo(200);
        assertThat(status("news", "goodofanother")).isEqualTo(200);
    }

    @Test
    void aStreamThatEndedIsNotCounted() throws Exception {
        for (int each = 0; each < 2 * Newsroom.MOST_LISTENERS; each++) {
            HttpResponse<InputStream> stream = ask("news", "goodbutbrief").join();
            assertThat(stream.statusCode()).isEqualTo(200);
            stream.body().readAllBytes();
        }
    }

    @Test
    void authIsAskedOnceInAWhileAndAWithdrawnTokenIsHeededNoLonger() {
        IntStream.range(0, 20).forEach(each -> assertThat(status("vector", "good")).isEqualTo(200));
        assertThat(asked).hasValue(1);
        assertThat(status("vector", "goodofanother")).isEqualTo(200);
        assertThat(asked).as("one vouches for nobody else").hasValue(2);

        withdrawn = true;
        assertThat(status("vector", "good")).isEqualTo(200);
        now.set(START.plus(TokenDoor.REMEMBERED));
        assertThat(status("vector", "good")).isEqualTo(401);
    }

    @Test
    void aDeviceIsToldWhichServerItsTokensAreToBeFor() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.url() + "/sync/v1/login")).build();
        assertThat(Json.read(http.send(request, BodyHandlers.ofByteArray()).body()).path("resource").asText()).isEqualTo("https://hub.example");
    }

    /** That is about a device, not about a person: the store knows it, and nobody remembers what it said. */
    @Test
    void aDeviceThatIsRevokedIsRefusedAtOnce() {
        assertThat(status("vector", "good")).isEqualTo(200);
        revoked = true;
        assertThat(status("vector", "good")).isEqualTo(403);
        assertThat(asked).hasValue(1);
    }

    /** While clocks may differ auth may still take it; it is asked each time. */
    @Test
    void nothingIsRememberedPastTheEndOfTheToken() {
        assertThat(status("vector", "goodforasecond")).isEqualTo(200);
        assertThat(status("vector", "goodforasecond")).isEqualTo(200);
        assertThat(asked).hasValue(1);
        now.set(START.plusSeconds(1));
        assertThat(status("vector", "goodforasecond")).isEqualTo(200);
        assertThat(status("vector", "goodforasecond")).isEqualTo(200);
        assertThat(asked).hasValue(3);
        withdrawn = true;
        assertThat(status("vector", "goodforasecond")).isEqualTo(401);
    }

    @Test
    void whoIsRefusedIsLookedAtAnewEachTime() {
        withdrawn = true;
        assertThat(status("vector", "good")).isEqualTo(401);
        withdrawn = false;
        assertThat(status("vector", "good")).isEqualTo(200);
        assertThat(asked).hasValue(2);
    }

    /** It is known already. */
    @Test
    void whoWasLetInAMomentAgoWaitsForNobodyWhoGuessesAtTheSameAddress() {
        assertThat(status("vector", "good")).isEqualTo(200);
        IntStream.range(0, 40).forEach(each -> status("vector", "bad"));
        List<CompletableFuture<HttpResponse<InputStream>>> guesses = IntStream.range(0, 2).mapToObj(each -> ask("vector", "slow")).toList();
        await().until(() -> inside.get() == 2);
        assertThat(status("vector", "good")).isEqualTo(200);
        looked.countDown();
        guesses.forEach(CompletableFuture::join);
    }

    /** Whom it says that it is about nobody vouches for; of the token itself nothing is said. */
    @Test
    void whoIsRefusedIsLoggedWithWhomTheTokenClaims() {
        status("vector", token("{\"sub\":\"ada\\n\\u001b[2J\\\"x\"}"));
        status("vector", token("{\"sub\":\"" + "a".repeat(500) + "\"}"));
        status("vector", "nonsense");
        status("vector", "x.y.z");

        assertThat(lines).containsExactly(
                "refused 127.0.0.1, which asked for /sync/v1/vector as \"ada [2J'x\" (claimed): the token is bad",
                "refused 127.0.0.1, which asked for /sync/v1/vector as \"" + "a".repeat(60) + "…\" (claimed): the token is bad",
                "refused 127.0.0.1, which asked for /sync/v1/vector: the token is bad",
                "refused 127.0.0.1, which asked for /sync/v1/vector: the token is bad");
    }

    /** Else whoever makes up a key could ask as often as he likes, and nobody would know. */
    @Test
    void aKeyThatCannotBeLookedForNowCountsAsARefusalAndAProviderThatIsAwayDoesNot() {
        IntStream.range(0, 40).forEach(each -> assertThat(status("vector", "away")).isEqualTo(503));
        assertThat(lines).isEmpty();
        List<Integer> statuses = IntStream.range(0, 40).map(each -> status("vector", "unknownkey")).boxed().toList();
        assertThat(statuses).startsWith(503).endsWith(429);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(30).allMatch(line -> line.endsWith(": that key is not known"));
    }

    /** Behind an ingress all would be one address. */
    @Test
    void behindAProxyThatIsTrustedEachAddressHasALimitOfItsOwn() throws Exception {
        hub.close();
        newsroom.close();
        store.close();
        auth.close();
        start(new Proxies(List.of(new Proxies.Network(InetAddress.ofLiteral("127.0.0.0"), 8))));
        assertThat(IntStream.range(0, 40).map(each -> statusFrom("198.51.100.7, 203.0.113.9", "bad")).boxed().toList()).startsWith(401).endsWith(429);
        assertThat(lines.getFirst()).startsWith("refused 203.0.113.9, which asked");
        assertThat(statusFrom("203.0.113.9, 203.0.113.10", "bad")).as("what its caller writes before that counts for nothing").isEqualTo(401);
        assertThat(statusFrom("203.0.113.9", "bad")).isEqualTo(429);
    }

    /** By whoever it is, for nobody is trusted. */
    @Test
    void aHeaderOfAStrangerChangesNothing() {
        assertThat(statusFrom("203.0.113.9", "bad")).isEqualTo(401);
        assertThat(lines.getFirst()).startsWith("refused 127.0.0.1, ");
    }

    private int statusFrom(String forwarded, String token) {
        return http.sendAsync(HttpRequest.newBuilder(URI.create(hub.url() + "/sync/v1/vector?space=personal")).header("X-Forwarded-For", forwarded)
                .header("Authorization", "Bearer " + token).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.discarding()).join().statusCode();
    }

    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2lnbmF0dXJl";
    }
}
