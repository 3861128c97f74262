package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.heph.error.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Showing a hub who this device is: at once where somebody has logged in, else when it asks; and not more than once. */
@Timeout(60)
class HubCredentialsTest {
    private static final String VECTOR = "{\"epoch\":\"E\",\"n\":7,\"heads\":[]}";
    private static final String WHO = "{\"reason\":\"unauthenticated\",\"message\":\"this hub asks who calls\",\"data\":{}}";

    private HttpServer server;
    private HttpHub hub;
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<Optional<String>> asked = new CopyOnWriteArrayList<>();

    /** The headers that open it; empty: it is open. */
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    private volatile String token = "";
    private volatile boolean over;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
            shown.add(authorization);
            boolean health = exchange.getRequestURI().getPath().equals("/health");
            boolean in = health || good.isEmpty() || good.contains(authorization);
            byte[] body = (health ? "{\"status\":\"up\",\"version\":\"1\",\"time\":1}" : in ? VECTOR : WHO).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(in ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        hub = new HttpHub(HubAddress.of("http://127.0.0.1:" + server.getAddress().getPort(), false), refused -> {
            if (over) {
                throw HubTrouble.stranger("the login is over");
            }
            asked.add(refused);
            return Optional.of(token).filter(text -> !text.isEmpty());
        }, Clock.systemUTC(), HttpHub.Limits.USUAL);
    }

    @AfterEach
    void stop() {
        hub.close();
        server.stop(0);
    }

    @Test
    void whoHasLoggedInToItShowsTheTokenAtOnceAndAlways() {
        token = "mine";
        good.add("Bearer mine");
        hub.vector();
        hub.vector();
        assertThat(shown).containsExactly("Bearer mine", "Bearer mine");
        assertThat(asked).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void whereNobodyHasLoggedInThatIsNotLookedUpEachTime() {
        hub.vector();
        hub.vector();
        assertThat(shown).containsExactly("", "");
        assertThat(asked).containsExactly(Optional.empty());
    }

    @Test
    void whoLogsInLaterShowsTheTokenWhenTheHubAsks() {
        hub.vector();
        token = "mine";
        good.add("Bearer mine");
        hub.vector();
        hub.vector();
        assertThat(shown).containsExactly("", "", "Bearer mine", "Bearer mine");
        assertThat(asked).containsExactly(Optional.empty(), Optional.of(""), Optional.empty());
    }

    @Test
    void aTokenThatIsNotTakenIsChangedForAnotherOnce() {
        token = "old";
        good.add("Bearer new");
        assertThat(refusal().reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(asked.getLast()).contains("old");
        assertThat(shown).as("the same is not shown twice").containsExactly("Bearer old");
        token = "new";
        hub.vector();
    }

    /** It was logged out, or its login is over: a hub that has stopped asking would take everything. */
    @Test
    void whoOnceLoggedInAndCannotShowItSendsNothing() {
        over = true;
        assertThat(refusal()).hasMessage("the login is over");
        assertThat(shown).isEmpty();
        assertThat(hub.greet()).as("it can be joined, to log in then").isFalse();
        assertThat(shown).as("its health").containsExactly("");
    }

    @Test
    void whoHasNoneIsToldWhatTheHubSays() {
        good.add("Bearer nobody's");
        assertThat(refusal()).hasMessage("this hub asks who calls");
        assertThat(refusal().kind()).isEqualTo(HubTrouble.Kind.REFUSED);
        assertThat(hub.greet()).as("it is a hub all the same").isFalse();
        token = "nobody's";
        assertThat(hub.greet()).isTrue();
    }

    private HubTrouble refusal() {
        return catchThrowableOfType(HubTrouble.class, hub::vector);
    }
}
