package dev.heph.store.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.heph.runtime.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Stored dates as people and programs read them: the local form, and the instant it is at in this device's zone. */
public record Dates(ZoneId zone, LocalTime dayStarts, InstantSource time) {
    /** A date from which something may be done: a bare day starts when the day does. */
    JsonNode start(String stored) {
        return json(stored, false);
    }

    /** A date after which something is late: a bare day lasts until the next one starts. */
    JsonNode end(String stored) {
        return json(stored, true);
    }

    private JsonNode json(String stored, boolean end) {
        return stored == null
                ? NullNode.instance
                : Json.object().put("local", local(stored)).put("at", at(stored, end).toEpochMilli());
    }

    private static String local(String stored) {
        int zone = stored.indexOf('[');
        return zone < 0 ? stored : stored.substring(0, zone);
    }

    /** The instant of a stored date in this device's zone. */
    public Instant at(String stored, boolean end) {
        String local = local(stored);
        if (!local.contains("T")) {
            LocalDate day = LocalDate.parse(local).plusDays(end ? 1 : 0);
            return day.atTime(dayStarts).atZone(zone).toInstant();
        }
        return LocalDateTime.parse(local).atZone(zoneOf(stored, local)).toInstant();
    }

    /** The zone in brackets; this device's for a floating time, and for a zone that this machine's tables do not know. */
    private ZoneId zoneOf(String stored, String local) {
        try {
            return local.equals(stored) ? zone : ZoneId.of(stored.substring(local.length() + 1, stored.length() - 1));
        } catch (DateTimeException unknown) {
            return zone;
        }
    }

    Instant now() {
        return time.instant();
    }
}
