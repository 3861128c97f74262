package dev.heph.auth.login;

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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An account, its hub and its provider, which is a stand-in, and a clock that a test moves. */
abstract class LoggingIn {
    static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path tmp;

    final FakeProvider provider = FakeProvider.start();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final Semaphore turns = new Semaphore(0);
    final AtomicInteger loggedIn = new AtomicInteger();
    volatile Instant now = Instant.now();
    volatile Optional<String> resource = Optional.empty();
    Optional<Keychain> keychain = Optional.empty();
    boolean wanted = true;
    HttpServer hub;
    Account account;

    @BeforeEach
    void start() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/sync/v1/login", exchange -> {
            var said = Json.object().put("needed", true).put("issuer", provider.issuer().toString()).put("client_id", "heph")
                    .put("scope", "openid");
            resource.ifPresent(server -> said.put("resource", server));
            byte[] body = Json.bytes(said);
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

    Account account(Optional<String> command) {
        return account(command, Optional.empty());
    }

    Account account(Optional<String> command, Optional<URI> hubUrl) {
        return new Account(new Memory(file(), keychain, wanted, () -> now), command, hubUrl, () -> now, duration -> {
            pauses.add(duration);
            turns.acquire();
        }, loggedIn::incrementAndGet);
    }

    Path file() {
        return tmp.resolve("login.json");
    }

    String url() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    JsonNode begin() {
        return account.login(Json.object().put("hub", url()));
    }

    void logIn(String subject) {
        provider.devices().approve(begin().path("user_code").asText(), subject);
        turns.release();
        await().atMost(SOON).until(() -> !state().equals("waiting"));
    }

    String state() {
        return account.status().path("state").asText();
    }

    String token() {
        return account.token(Json.object().put("hub", url())).path("token").asText();
    }

    Reason refusal() {
        try {
            token();
            return null;
        } catch (HephException e) {
            return e.reason();
        }
    }
}
