package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** Tells how this device stands with its hub, to programs and to people. Answers without the store's figures while that is away. */
final class StatusReport {
    private final Store store;
    private final Clock clock;
    private final Words words;

    StatusReport(Store store, Clock clock, ZoneId zone) {
        this.store = store;
        this.clock = clock;
        this.words = new Words(zone);
    }

    /**
     * What {@code sync.status} answers.
     *
     * @param hub its address; empty if there is none
     * @param skew of this device's clock against the hub's
     */
    ObjectNode status(Standing standing, Optional<String> hub, Optional<Duration> skew) {
        JsonNode state = state();
        ObjectNode status = Json.object().put("state", standing.state().word()).put("online", standing.online());
        hub.ifPresent(url -> status.put("hub", url));
        if (!standing.reason().isEmpty()) {
            status.put("reason", standing.reason());
        }
        if (state.has("pending")) {
            status.put("pending_ops", state.path("pending").asLong());
            status.set("unapplied", state.get("unapplied"));
            status.set("conflicts", state.get("conflicts"));
            status.set("skew", state.get("skew"));
        }
        if (hub.isEmpty()) {
            return status;
        }
        status.put("pulled_n", standing.n()).put("hub_n", standing.hubN());
        put(status, "last_success", standing.lastSuccess());
        put(status, "last_attempt", standing.lastAttempt());
        put(status, "next_attempt", standing.nextAttempt());
        skew.ifPresent(ahead -> status.put("clock_skew_ms", ahead.toMillis()));
        status.put("stale", stale(standing, state));
        if (standing.state() == State.SYNCING && standing.hubN() > standing.n()) {
            status.putObject("progress").put("done", standing.n()).put("total", standing.hubN());
        }
        return status;
    }

    /** @param skew of this device's clock against the hub's */
    Health health(Standing standing, Optional<String> hub, Optional<Duration> skew) {
        JsonNode state = hub.isPresent() ? state() : Json.object();
        String line = words.line(
                standing, hub.orElse(""), state.path("pending").asLong(-1), unsynced(standing, state), clock.instant());
        return new Health(true, line + words.clocks(state.path("skew"), skew), Map.of("state", standing.state().word(), "stale", hub.isPresent() && stale(standing, state)));
    }

    private boolean stale(Standing standing, JsonNode state) {
        return Duration.between(unsynced(standing, state), clock.instant()).compareTo(Words.STALE) >= 0;
    }

    /** Since when there has been no success: since the last one, or since the hub was joined. */
    private Instant unsynced(Standing standing, JsonNode state) {
        long joined = state.path("hub").path("joined_at").asLong(standing.since().toEpochMilli());
        return standing.lastSuccess().orElse(Instant.ofEpochMilli(joined));
    }

    /** What the store says; an empty object while it is away. */
    JsonNode state() {
        try {
            return store.state();
        } catch (HephException away) {
            return Json.object();
        }
    }

    private static void put(ObjectNode status, String name, Optional<Instant> instant) {
        instant.ifPresent(at -> status.put(name, at.toEpochMilli()));
    }
}
