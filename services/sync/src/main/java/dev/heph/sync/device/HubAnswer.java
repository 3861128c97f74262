package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Plain;
import dev.heph.sync.wire.Body;
import dev.heph.sync.wire.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What came back, and what it means. Anything may answer at an address: a login page of a network, a proxy before a hub that is down,
 * a program that is no hub. So nothing is believed before its status and its type are a hub's.
 */
record HubAnswer(HubAddress hub, int status, HttpHeaders headers, byte[] raw) {
    /** The body, if it is of that type. */
    byte[] body(String type, int max) {
        if (status != 200) {
            throw trouble();
        }
        if (!type().equals(type)) {
            throw HubTrouble.refused("it answers with " + (type().isEmpty() ? "something" : type()) + " where a hub answers with " + type
                    + ": no hub, or the login page of a network?");
        }
        return unzipped(max);
    }

    /** The body as a JSON object that has these fields. */
    JsonNode json(String... fields) {
        JsonNode json = parsed(body(Exchange.JSON, Exchange.MAX_JSON_BYTES));
        for (String field : fields) {
            if (!json.has(field)) {
                throw HubTrouble.refused("its answer has no '" + field + "', which a hub's has");
            }
        }
        return json;
    }

    /** When the hub says it is; empty if it does not. */
    Optional<Instant> date() {
        return headers.firstValue("Date").flatMap(HubAnswer::date);
    }

    /** What this status means; for every one but 200. */
    HubTrouble trouble() {
        Optional<JsonNode> said = said();
        String words = said.map(error -> ": " + Plain.line(error.path("message").asText())).orElse("");
        if (status >= 300 && status < 400) {
            return HubTrouble.refused("it sends us elsewhere ("
                    + headers.firstValue("Location").map(Plain::line).orElse("without saying where")
                    + "), which is not followed: join the address where the hub is");
        }
        return switch (status) {
            case 401 -> said.map(error -> HubTrouble.stranger(Plain.line(error.path("message").asText()))).orElseGet(this::asksAsNoHubDoes);
            case 403 -> said.map(error -> HubTrouble.forbidden(reason(error), Plain.line(error.path("message").asText()))).orElseGet(this::asksAsNoHubDoes);
            case 407 -> asksAsNoHubDoes();
            case 404 -> HubTrouble.refused(said.filter(error -> error.path("data").has("versions")).map(this::nothingThere)
                    .orElse("no hub answers at this address (HTTP status 404)"));
            case 409 -> HubTrouble.conflict("it cannot take what was sent" + words);
            case 429, 502, 503, 504 -> HubTrouble.busy("it is not ready (HTTP status " + status + ")" + words, retryAfter());
            default -> status >= 500
                    ? HubTrouble.busy(said.flatMap(HubAnswer::ofItsOwn).orElse("it failed (HTTP status " + status + ")" + words), retryAfter())
                    : HubTrouble.refused("it refused (HTTP status " + status + ")" + words);
        };
    }

    /** What is wrong with the hub itself. What it says of that is for who looks after it: a device's person cannot do it. */
    private static Optional<String> ofItsOwn(JsonNode error) {
        return Reason.of(error.path("reason").asText()).map(reason -> switch (reason) {
            case NO_SPACE -> "the hub's disk is full: whoever looks after the hub has to free space";
            case DAMAGED -> "the hub's database is damaged: whoever looks after the hub has to put a backup back";
            case STORAGE -> "the hub's database cannot be read or written: whoever looks after the hub finds why in its log";
            default -> null;
        });
    }

    /** A hub that speaks as we do has what was asked for, but elsewhere. */
    private String nothingThere(JsonNode error) {
        for (JsonNode version : error.path("data").path("versions")) {
            if (version.asText().equals(Integer.toString(Exchange.VERSION))) {
                return hub.hasPath() ? "a hub is there, but not at this path; try " + hub.root()
                        : "it does not know what it was asked for (HTTP status 404): bring the hub up to date";
            }
        }
        return "it speaks version " + versions(error) + " of the exchange and this heph version " + Exchange.VERSION
                + ": bring the older of the two up to date";
    }

    private static Reason reason(JsonNode error) {
        return error.path("reason").asText().equals(Reason.REVOKED.word()) ? Reason.REVOKED : Reason.FORBIDDEN;
    }

    private HubTrouble asksAsNoHubDoes() {
        return HubTrouble.refused("it asks who we are (HTTP status " + status + ") and not as a hub does: is something before it?");
    }

    /** The error as a hub puts it; empty if this is somebody else's. */
    private Optional<JsonNode> said() {
        try {
            return type().equals(Exchange.JSON)
                    ? Optional.of(parsed(unzipped(Exchange.MAX_JSON_BYTES))).filter(error -> error.has("reason"))
                    : Optional.empty();
        } catch (HubTrouble notOurs) {
            return Optional.empty();
        }
    }

    private String type() {
        return Plain.line(headers.firstValue("Content-Type").orElse("").split(";")[0].strip());
    }

    private byte[] unzipped(int max) {
        try {
            return Body.read(new ByteArrayInputStream(raw), headers.firstValue("Content-Encoding"), max);
        } catch (HephException e) {
            throw HubTrouble.refused("its answer cannot be read: " + Plain.line(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return Json.read(json);
        } catch (HephException e) {
            throw HubTrouble.refused("its answer is " + Plain.line(e.getMessage()));
        }
    }

    private static String versions(JsonNode error) {
        return Plain.line(error.path("data").path("versions").toString().replaceAll("[\\[\\]]", ""));
    }

    /** Seconds, or a date, which is taken against the hub's own clock. */
    private Duration retryAfter() {
        String text = headers.firstValue("Retry-After").orElse("").strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        Optional<Instant> until = date(text);
        Duration left = until.isPresent() && date().isPresent() ? Duration.between(date().get(), until.get()) : Duration.ZERO;
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
