package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.provider.FakeProvider;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a login and its people's devices: real stores, real sockets, and a provider that is a stand-in. */
class LoginTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path tmp;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private FakeProvider provider;
    private Replica hub;

    @BeforeEach
    void start() {
        provider = opened(FakeProvider.start());
        hub = opened(Replica.hub(tmp.resolve("hub")).lettingIn(provider.issuer()).start());
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.push(one);
        return one;
    }

    private String url() {
        return "http://127.0.0.1:" + hub.port;
    }

    private Replica device(String name) {
        return opened(Replica.device(tmp.resolve(name)));
    }

    private void logIn(Replica device, String subject) {
        JsonNode told = device.auth("auth.login", Json.object().put("hub", url()));
        provider.devices().approve(told.path("user_code").asText(), subject);
        await().atMost(SOON).until(() -> !authState(device).equals("waiting"));
    }

    private static String authState(Replica device) {
        return device.auth("auth.status", Json.object()).path("state").asText();
    }

    private static void awaitIdle(Replica device) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(device.status().path("state").asText()).isEqualTo("idle");
            assertThat(device.status().path("pending_ops").asLong()).isZero();
        });
    }

    /** H-118, H-119, and the adoption of what devices had before. */
    @Test
    void eachPersonsDevicesShareOneSpaceAndNobodyElsesWithoutALineRewritten() {
        Replica laptop = device("laptop");
        Replica phone = device("phone");
        Replica bobs = device("bobs");
        String soup = laptop.note("Soup", "hot\n"); // months before the first login
        String list = phone.note("List", "- [ ] salt\n");
        String ledger = bobs.note("Ledger", "secret\n");
        JsonNode before = laptop.ownHead();
        for (Replica device : List.of(laptop, phone, bobs)) {
            device.join(url());
        }
        logIn(laptop, "ada");
        logIn(phone, "ada");
        logIn(bobs, "bob");

        await().atMost(SOON).until(() -> phone.has(soup) && laptop.has(list));
        for (Replica device : List.of(laptop, phone, bobs)) {
            awaitIdle(device);
        }
        laptop.syncNow();
        assertThat(laptop.digest()).isEqualTo(phone.digest());
        assertThat(laptop.has(ledger)).isFalse();
        assertThat(bobs.has(soup)).isFalse();
        assertThat(bobs.store("search", Json.object().put("query", "hot")).path("total").asInt()).isZero();
        long written = before.path("seq").asLong();
        assertThat(laptop.ownHead().path("seq").asLong()).as("that the hub has let it in came behind").isEqualTo(written + 1);
        assertThat(laptop.sql("SELECT count(*) FROM bundles WHERE seq = " + (written + 1) + " AND hex(header) LIKE '%"
                + before.path("chain").asText().toUpperCase(Locale.ROOT) + "%'")).isEqualTo(1);
        assertThat(hub.status().path("people").asInt()).isEqualTo(2);
        assertThat(hub.sql("SELECT count(*) FROM bundles")).as("the hub's own space is nobody's").isZero();
    }

    @Test
    void whoIsNotLoggedInWaitsAndLosesNothing() {
        Replica laptop = device("laptop").join(url());
        String note = laptop.note("Written", "while out\n");

        await().atMost(SOON).untilAsserted(() -> assertThat(laptop.status().path("state").asText()).isEqualTo("refused"));
        assertThat(laptop.status().path("reason").asText()).isEqualTo("this hub asks who calls; log in on the device: heph auth login");
        assertThat(laptop.health().detail()).startsWith("refused by " + url()).contains("heph auth login").contains("wait here");
        assertThatThrownBy(laptop::syncNow).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason())
                .isEqualTo(Reason.UNAUTHENTICATED));
        assertThat(laptop.has(note)).isTrue();

        logIn(laptop, "ada");
        awaitIdle(laptop); // at once, however long it would have waited
    }

    /** H-115, H-116: the login ends, and what is written goes on being written. */
    @Test
    void whenTheLoginEndsLocalWorkGoesOnAndItIsSaid() {
        provider.devices().life(1);
        Replica laptop = device("laptop").join(url());
        logIn(laptop, "ada");
        awaitIdle(laptop);
        provider.devices().revokeAll();

        await().atMost(SOON).untilAsserted(() -> {
            laptop.note("Meanwhile", "");
            assertThatThrownBy(laptop::syncNow).hasMessageContaining("the login is over: the identity provider has ended it"
                    + " (invalid_grant)")
                    .hasMessageContaining("changes wait here until it works, nothing is lost");
        });
        assertThat(laptop.status().path("reason").asText()).startsWith("the login is over");
        assertThat(authState(laptop)).isEqualTo("failed");
        assertThat(laptop.store("node.list", Json.object()).path("total").asInt()).isPositive();
    }

    /** No file but the one that holds them, on no side, has anything of a token in it. */
    @Test
    void tokensAreWhereTheyBelongAndNowhereElse() throws Exception {
        Replica laptop = device("laptop").join(url());
        laptop.note("Soup", "hot\n");
        logIn(laptop, "ada");
        awaitIdle(laptop);
        try (Stream<Path> files = Files.walk(tmp)) {
            List<String> holding = files.filter(Files::isRegularFile).filter(LoginTest::holdsToken).map(file -> tmp.relativize(file).toString()).toList();
            assertThat(holding).containsExactly("laptop/data/login.json");
        }
        laptop.auth("auth.logout", Json.object());
        try (Stream<Path> files = Files.walk(tmp)) {
            assertThat(files.filter(Files::isRegularFile).filter(LoginTest::holdsToken)).isEmpty();
        }
    }

    private static boolean holdsToken(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.contains("eyJ") || text.contains("refresh-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Behind a proxy that has the same address as ever it would have everybody's notes in one place. */
    @Test
    void aHubThatLostItsLoginIsGivenNothingWhoeverIsLoggedInOrOut() throws Exception {
        Replica laptop = device("laptop").join(url());
        Replica phone = device("phone").join(url());
        for (Replica device : List.of(laptop, phone)) {
            logIn(device, "ada");
            awaitIdle(device);
        }
        phone.auth("auth.logout", Json.object());
        hub.stop();
        hub.lettingInEverybody().start();
        laptop.note("Secret", "of ada\n");
        phone.note("Secret", "of ada\n");

        await().atMost(SOON).untilAsserted(() -> assertThat(laptop.status().path("reason").asText()).startsWith("this hub has no login any more"));
        await().atMost(SOON).untilAsserted(() -> assertThat(phone.status().path("reason").asText()).startsWith("ada is logged out of " + url()));
        assertThat(hub.sql("SELECT count(*) FROM bundles")).isZero();

        hub.stop();
        hub.lettingIn(provider.issuer()).start();
        await().atMost(SOON).untilAsserted(() -> laptop.syncNow());
        awaitIdle(laptop);
    }

    @Test
    void aProviderThatIsAwayStopsNobodyWhoseTokenIsGood() {
        Replica laptop = device("laptop").join(url());
        logIn(laptop, "ada");
        awaitIdle(laptop);
        provider.down(true);

        laptop.note("Meanwhile", "");
        awaitIdle(laptop);
        assertThat(laptop.syncNow().path("hub").asText()).isEqualTo(url());
    }
}
