package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Plain;
import dev.heph.runtime.Trust;
import dev.heph.settings.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Asks for JSON over HTTP. What carries tokens goes by https, or to this machine; no redirect is followed. */
final class Web implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Web.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_BYTES = 256 << 10;

    /** Made when first needed: most devices never log in. */
    private HttpClient client;

    /** @param json an empty object where the answer is none */
    record Answer(int status, JsonNode json) {}

    /** @throws HephException {@link Reason#AWAY} if nobody answers there */
    Answer get(URI address) {
        return ask(HttpRequest.newBuilder(address));
    }

    /** The same, showing a token. @param address of whom it is for */
    Answer get(URI address, String token) {
        return ask(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token));
    }

    /** Posts a form. */
    Answer post(URI address, Map<String, String> form) {
        String body = form.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(),
                StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return ask(HttpRequest.newBuilder(address).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /**
     * An address that somebody else gave us.
     *
     * @param giver who gave it: where that is this machine plain http to this machine will do
     * @throws HephException {@link Reason#INVALID_PARAMS} for an address that strangers on the way could read along with
     */
    static URI sealed(URI giver, String text, String what) {
        URI address = address(text, what);
        boolean here = "http".equals(address.getScheme()) && isHere(address) && isHere(giver);
        if (!here && !("https".equals(address.getScheme()) && address.getHost() != null)) {
            throw new HephException(Reason.INVALID_PARAMS,
                    what + " " + Plain.line(text) + " is not https: a login does not go there; tell whoever runs the hub");
        }
        return address;
    }

    /** In ASCII, as addresses are: no letter in it moves a cursor or turns the others round. */
    private static URI address(String text, String what) {
        try {
            URI address = URI.create(text);
            if (address.toASCIIString().equals(text)) {
                return address;
            }
        } catch (IllegalArgumentException none) {
            LOG.log(System.Logger.Level.DEBUG, "no address", none);
        }
        throw new HephException(Reason.INVALID_PARAMS, what + " '" + Plain.line(text) + "' is no address; tell whoever runs the hub");
    }

    private static boolean isHere(URI address) {
        return address.getHost() != null && Loopback.names(address.getHost());
    }

    private Answer ask(HttpRequest.Builder request) {
        HttpRequest asked = request.header("Accept", "application/json").timeout(PATIENCE).build();
        String host = asked.uri().getScheme() + "://" + asked.uri().getRawAuthority();
        try {
            HttpResponse<byte[]> answer = client().send(asked, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BYTES));
            return new Answer(answer.statusCode(), json(answer.body()));
        } catch (IOException e) {
            String why = switch (e) {
                case ConnectException refused -> "connection refused";
                case IOException untrusted when Trust.isMissing(untrusted) -> "its certificate is not trusted; if it is your own, name it, or who signed it, in"
                        + " tls.trusted";
                default -> e.getMessage();
            };
            throw new HephException(Reason.AWAY, host + " is not reached (" + why + "); try again when it is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "heph is stopping; try again", e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = Json.read(body);
            return json.isObject() ? json : Json.object();
        } catch (HephException notJson) {
            return Json.object();
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(5))
                    .executor(Executors.newVirtualThreadPerTaskExecutor()).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
