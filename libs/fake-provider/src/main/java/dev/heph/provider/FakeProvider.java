package dev.heph.provider;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The provider as a server on loopback. What it is asked and how often can be read, and what it answers can be changed. */
public final class FakeProvider implements AutoCloseable {
    public static final String CLIENT = "heph";

    private final HttpServer server;
    private final URI issuer;
    private final List<RSAKey> keys = new CopyOnWriteArrayList<>();
    private final Devices devices = new Devices(this);
    private final AtomicInteger keyQuestions = new AtomicInteger();
    private volatile boolean down;
    private volatile String claimedIssuer;
    private volatile String keysAt;
    private volatile String keysSentTo = "";
    private volatile int proxyStatus;
    private int made;

    private FakeProvider(Optional<URI> name) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer = name.orElseGet(() -> URI.create("http://127.0.0.1:" + port()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        claimedIssuer = issuer().toString();
        keysAt = issuer() + "/keys";
        rotate();
        answer("/.well-known/openid-configuration", form -> new Answer(200, Map.of(
                "issuer", claimedIssuer,
                "jwks_uri", keysAt,
                "token_endpoint", issuer() + "/token",
                "device_authorization_endpoint", issuer() + "/device",
                "revocation_endpoint", issuer() + "/revoke")));
        answer("/keys", form -> {
            keyQuestions.incrementAndGet();
            return new Answer(200, new JWKSet(List.copyOf(keys)).toPublicJWKSet().toJSONObject());
        });
        answer("/device", devices::begin);
        answer("/token", devices::token);
        answer("/revoke", devices::revoke);
        server.start();
    }

    public static FakeProvider start() {
        return new FakeProvider(Optional.empty());
    }

    /** One behind a proxy, where others know it by that address. */
    public static FakeProvider behind(URI address) {
        return new FakeProvider(Optional.of(address));
    }

    public URI issuer() {
        return issuer;
    }

    /** Where it listens on loopback. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Somebody whom it knows. */
    public Tokens tokens(String subject) {
        return new Tokens(this, subject);
    }

    /** The people at their browsers, and what it gave to devices. */
    public Devices devices() {
        return devices;
    }

    /** Signs with a new key from now on; the ones before stay valid. */
    public synchronized void rotate() {
        keys.addFirst(Rsa.key(++made, "key-" + made));
    }

    /** The keys before the newest are not its own any more. */
    public void withdrawOld() {
        keys.subList(1, keys.size()).clear();
    }

    /** How often its keys were asked for. */
    public int keyQuestions() {
        return keyQuestions.get();
    }

    /** Answers 503 to everything, or does not any more. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** Claims to be somebody else in its discovery document. */
    public void claims(String issuer) {
        claimedIssuer = issuer;
    }

    /** Names another place for its keys in its discovery document. */
    public void namesKeysAt(String address) {
        keysAt = address;
    }

    /** Sends who asks for its keys to another place; empty: to none. */
    public void sendsKeysTo(String address) {
        keysSentTo = address;
    }

    /** A proxy before it answers everything with a page of that status; 0: there is none. */
    public void proxyAnswers(int status) {
        proxyStatus = status;
    }

    /** The newest key. */
    public RSAKey key() {
        return keys.getFirst();
    }

    /** An answer in JSON; no body if there are no members. */
    record Answer(int status, Map<String, Object> body) {
        static Answer error(String code) {
            return new Answer(400, Map.of("error", code, "error_description", "a test asked for it"));
        }
    }

    /** What is done with the fields of a form. */
    interface Endpoint {
        Answer answer(Map<String, String> form);
    }

    private void answer(String path, Endpoint endpoint) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (path.equals("/keys") && !keysSentTo.isEmpty()) {
                    exchange.getResponseHeaders().set("Location", keysSentTo);
                    send(exchange, new Answer(302, Map.of()));
                } else if (proxyStatus > 0) {
                    byte[] page = "<html>no</html>".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(proxyStatus, page.length);
                    exchange.getResponseBody().write(page);
                } else {
                    send(exchange, down ? new Answer(503, Map.of()) : endpoint.answer(form(exchange)));
                }
            }
        });
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var form = new TreeMap<String, String>();
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String field : text.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(field.substring(0, equals), URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().isEmpty() ? new byte[0] : JSONObjectUtils.toJSONString(answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
