package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.LocalDate;

/** Date words as people type them, read by the daemon, so that every surface takes the same ones. */
final class DateText {
    private static final String NONE = "none";

    private final Session session;

    DateText(Session session) {
        this.session = session;
    }

    /** As the RPC takes a date: ISO local, or {@code none}. */
    String iso(String words) {
        Json local = parsed(words);
        return local.isNull() ? NONE : local.text();
    }

    LocalDate day(String words) {
        Json local = parsed(words);
        if (local.isNull()) {
            throw new HephException(Reason.INVALID_PARAMS, "'" + words + "' is no day. Try: today, fri, -1 or 2026-06-01");
        }
        if (local.text().indexOf('T') >= 0) {
            throw new HephException(
                    Reason.INVALID_PARAMS, "'" + words + "' is a time, and a day is wanted. Try: today, fri, -1 or 2026-06-01");
        }
        return LocalDate.parse(local.text());
    }

    private Json parsed(String words) {
        return session.call("date.parse", "text", words).json().at("local");
    }
}
