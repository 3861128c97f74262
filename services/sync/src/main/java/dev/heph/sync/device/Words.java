package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Plain;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a device stands with its hub, as one line for a person. */
final class Words {
    /** After so long without a success it is said loudly. */
    static final Duration STALE = Duration.ofDays(1);

    /** Less than that is a network's delay and a clock's usual error. */
    private static final Duration NOTICED = Duration.ofMinutes(1);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final ZoneId zone;

    Words(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Such as {@code offline since 14:02 (connection refused): 12 changes wait here}.
     *
     * @param pending changes that the hub has not acknowledged; negative if the store did not say
     * @param unsynced since when there has been no success
     */
    String line(Standing standing, String hub, long pending, Instant unsynced, Instant now) {
        Duration age = Duration.between(unsynced, now);
        String loud = standing.state() != State.OFF && standing.state() != State.REVOKED && age.compareTo(STALE) >= 0
                ? "NOT SYNCED FOR " + duration(age).toUpperCase(Locale.ROOT) + ": "
                : "";
        return loud + switch (standing.state()) {
            case OFF -> standing.reason();
            case IDLE -> "synced " + duration(Duration.between(standing.lastSuccess().orElse(now), now)) + " ago with " + hub + waiting(pending);
            case SYNCING -> "syncing with " + hub + progress(standing);
            case OFFLINE -> "offline since " + time(standing.since(), now) + " (" + standing.reason() + ")" + waiting(pending);
            case REVOKED -> "revoked: " + standing.reason() + (pending <= 0 ? "" : "; changes that are here only: " + pending);
            case REFUSED -> "refused by " + hub + " since " + time(standing.since(), now) + " (" + standing.reason() + ")" + waiting(pending);
        };
    }

    /**
     * Such as {@code ; the clock of phone is 2 h ahead}; empty where all clocks go as they should.
     *
     * @param others as the store lists them: {@code [{device, device_name, ms}]}
     * @param own by how much this device's is ahead of the hub's
     */
    String clocks(JsonNode others, Optional<Duration> own) {
        String mine = own.filter(ahead -> ahead.abs().compareTo(NOTICED) >= 0).map(ahead -> "; this device's clock is " + duration(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of") + " the hub's").orElse("");
        return mine + others.valueStream()
                .map(one -> "; the clock of " + Plain.line(one.path("device_name").asText().isEmpty() ? one.path("device").asText() : one.path("device_name").asText())
                        + " is " + off(Duration.ofMillis(one.path("ms").asLong())))
                .collect(Collectors.joining());
    }

    private static String off(Duration ahead) {
        return duration(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead");
    }

    /** In the largest unit that it has at least one of: {@code 3 s}, {@code 5 min}, {@code 2 h}, {@code 2 days}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        long days = seconds / 86_400;
        return days == 0 ? seconds / 3_600 + " h" : days == 1 ? "1 day" : days + " days";
    }

    private static String progress(Standing standing) {
        return standing.hubN() > standing.n() ? ": " + standing.n() + " of " + standing.hubN() : "";
    }

    private static String waiting(long pending) {
        return pending <= 0 ? "" : pending == 1 ? ": 1 change waits here" : ": " + pending + " changes wait here";
    }

    private String time(Instant instant, Instant now) {
        boolean today = instant.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? TIME : DATE_AND_TIME).format(instant.atZone(zone));
    }
}
