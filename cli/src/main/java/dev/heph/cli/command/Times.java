package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Times as people read them: the local date, or date and time, in the order that sorts. */
final class Times {
    private Times() {}

    /** {@code 2026-11-21} */
    static String date(Json epochMillis, ZoneId zone) {
        return local(epochMillis.number(), zone).toLocalDate().toString();
    }

    /** {@code 2026-11-21 09:05} */
    static String minute(Instant instant, ZoneId zone) {
        return minute(instant.toEpochMilli(), zone);
    }

    static String minute(long epochMillis, ZoneId zone) {
        LocalDateTime local = local(epochMillis, zone);
        return local.toLocalDate() + " " + local.toLocalTime().withSecond(0).withNano(0);
    }

    /** {@code 0.42 s} or {@code 12.3 s}. */
    static String seconds(long millis) {
        long hundredths = Math.round(millis / 10.0);
        return hundredths < 100
                ? "0." + (hundredths < 10 ? "0" : "") + hundredths + " s"
                : hundredths / 100 + "." + hundredths % 100 / 10 + " s";
    }

    private static LocalDateTime local(long epochMillis, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
    }
}
