package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.Reason;
import dev.heph.runtime.Trust;
import dev.heph.sync.wire.Body;
import dev.heph.sync.wire.Exchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;

/** A hub over HTTP/1.1. It never follows a redirect: it sends a person's notes where the person said and nowhere else. */
final class HttpHub implements Hub {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HubAddress address;
    private final Clock clock;
    private final Limits limits;
    private final HttpClient client;
    private final Credentials credentials;
    private final Appetite appetite = new Appetite(System::nanoTime);
    private volatile Optional<Duration> skew = Optional.empty();

    /** Whether there may be something to show; where nobody has logged in, not until the hub asks. */
    private volatile boolean known = true;

    /**
     * How long the hub may take.
     *
     * @param request from the first byte sent to the last received
     * @param greeting the same where a person sits and waits for it
     * @param silence on the stream of news: three of its heartbeats
     */
    record Limits(Duration request, Duration greeting, Duration silence) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(8), Duration.ofSeconds(30));
    }

    HttpHub(HubAddress address, Credentials credentials, Clock clock, Limits limits) {
        this.address = address;
        this.credentials = credentials;
        this.clock = clock;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Override
    public byte[] pull(JsonNode cursor, long known) {
        String query = query()
                + "&device=" + encoded(cursor.path("device").asText())
                + "&after=" + encoded(cursor.path("after").asText())
                + (cursor.hasNonNull("epoch") ? "&epoch=" + encoded(cursor.path("epoch").asText()) : "")
                + "&known=" + known
                + "&limit=" + appetite.ops();
        return appetite.taken(() -> ask(get(Exchange.ROOT + "/pull" + query), limits.request()).body(Exchange.CBOR, Exchange.MAX_PAGE_BYTES));
    }

    @Override
    public JsonNode push(byte[] parcel) {
        HttpRequest.Builder request = to(Exchange.ROOT + "/push")
                .header("Content-Type", Exchange.CBOR)
                .header("Content-Encoding", Exchange.GZIP)
                .POST(BodyPublishers.ofByteArray(Body.zip(parcel)));
        return ask(request, limits.request()).json("applied", "n", "heads");
    }

    @Override
    public JsonNode vector() {
        return vector(limits.request());
    }

    @Override
    public JsonNode digest(boolean nodes) {
        return ask(get(Exchange.ROOT + "/digest" + query() + (nodes ? "&nodes=1" : "")), limits.request()).json("heads", "tables");
    }

    @Override
    public Optional<JsonNode> snapshot() {
        HubAnswer answer = ask(get(Exchange.ROOT + "/snapshot" + query()), limits.request());
        boolean older = answer.status() == 404; // than snapshots are
        return older ? Optional.empty() : Optional.of(answer.json().path("snapshot")).filter(JsonNode::isObject);
    }

    @Override
    public byte[] snapshotPart(String sha256, long from) {
        return ask(get(Exchange.ROOT + "/snapshot/" + encoded(sha256) + query() + "&from=" + from), limits.request())
                .body(Exchange.BYTES, Exchange.MAX_PAGE_BYTES);
    }

    @Override
    public boolean greet() {
        HubAnswer health = once(get("/health"), limits.greeting());
        if (health.status() == 404) {
            throw health.trouble();
        }
        if (health.status() == 401 && address.hasPath()) { // that question a hub answers to everybody
            throw HubTrouble.refused("no hub is at this path; try " + address.root());
        }
        health.json("status", "version", "time");
        try {
            vector(limits.greeting()); // only a path of the exchange tells which versions of it there are
            return true;
        } catch (HubTrouble trouble) {
            if (trouble.reason() != Reason.UNAUTHENTICATED) { // who asks that is a hub; logging in is for after
                throw trouble;
            }
            return false;
        }
    }

    @Override
    public void news(long after, Runnable opened, LongConsumer n) {
        var lines = new NewsLines(address, limits.silence(), opened, n);
        HttpRequest request = shown(get(Exchange.ROOT + "/news" + query() + "&after=" + after), token(Optional.empty())).build();
        var answer = client.sendAsync(request, lines);
        try {
            answer.whenComplete((done, broken) -> lines.ended());
            lines.read();
            await(answer, limits.silence());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public Optional<Duration> skew() {
        return skew;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private JsonNode vector(Duration patience) {
        return ask(get(Exchange.ROOT + "/vector" + query()), patience).json("epoch", "n", "heads");
    }

    /** A hub that wants to know who we are, or does not take what it was shown, is asked again once if there is something else to show. */
    private HubAnswer ask(HttpRequest.Builder request, Duration patience) {
        Optional<String> token = token(Optional.empty());
        HubAnswer said = once(shown(request, token), patience);
        if (said.status() != 401) {
            return said;
        }
        known = true;
        Optional<String> other = token(Optional.of(token.orElse("")));
        return other.isEmpty() || other.equals(token) ? said : once(shown(request, other), patience);
    }

    private Optional<String> token(Optional<String> refused) {
        Optional<String> token = known ? credentials.token(refused) : Optional.empty();
        known = token.isPresent();
        return token;
    }

    private static HttpRequest.Builder shown(HttpRequest.Builder request, Optional<String> token) {
        token.ifPresent(known -> request.setHeader("Authorization", "Bearer " + known));
        return request;
    }

    private HubAnswer once(HttpRequest.Builder request, Duration patience) {
        var answer = client.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), Exchange.MAX_PAGE_BYTES));
        HttpResponse<byte[]> response = await(answer, patience);
        var said = new HubAnswer(address, response.statusCode(), response.headers(), response.body());
        said.date().ifPresent(hub -> skew = Optional.of(Duration.between(hub, clock.instant())));
        return said;
    }

    /** The answer, its body and all; the timeout of the client itself would end at the body. */
    private static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw HubTrouble.offline("no answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw HubTrouble.offline("syncing was stopped", e);
        } catch (ExecutionException e) {
            throw trouble(e.getCause());
        }
    }

    private static HubTrouble trouble(Throwable cause) {
        if (cause instanceof HubTrouble known) {
            return known;
        }
        if (cause instanceof HttpTimeoutException) {
            return HubTrouble.offline("no connection within " + CONNECT.toSeconds() + " s", cause);
        }
        if (cause instanceof ConnectException) {
            boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
            return HubTrouble.offline(unknown ? "no machine of that name is known" : "connection refused", cause);
        }
        if (cause instanceof SSLException) {
            return HubTrouble.refused(Trust.isMissing(cause) ? "its certificate is not trusted; if it is your own hub's, name it, or who signed it, in tls.trusted"
                    : "no TLS connection: " + cause.getMessage());
        }
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("exceeds capacity")) {
            return HubTrouble.refused("its answer is longer than a hub's can be");
        }
        return HubTrouble.offline("the connection broke: " + cause.getMessage(), cause);
    }

    private HttpRequest.Builder get(String path) {
        return to(path).GET();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(address.at(path)).header("Accept-Encoding", Exchange.GZIP);
    }

    private static String query() {
        return "?space=" + Exchange.SPACE;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
