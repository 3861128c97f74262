package dev.heph.model.recur;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Where a rule ends. */
public sealed interface End {
    DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    /** After so many dates, at least one. */
    record Count(int dates) implements End {
        @Override
        public String toString() {
            return "COUNT=" + dates;
        }
    }

    /** With this day, which still counts. */
    record Day(LocalDate last) implements End {
        @Override
        public String toString() {
            return "UNTIL=" + last.format(DateTimeFormatter.BASIC_ISO_DATE);
        }
    }

    /** With this moment, which still counts; {@code utc}: it is meant in UTC, not on the wall of whoever follows the rule. */
    record Moment(LocalDateTime last, boolean utc) implements End {
        @Override
        public String toString() {
            return "UNTIL=" + last.format(MOMENT) + (utc ? "Z" : "");
        }
    }

    /** The last moment on the wall that may still be a date. A floating rule has no zone to look UTC up in, and takes it as written. */
    default LocalDateTime last(Optional<ZoneId> zone) {
        return switch (this) {
            case Count count -> Series.NEVER;
            case Day(LocalDate last) -> last.atTime(LocalTime.MAX);
            case Moment(LocalDateTime last, boolean utc) -> utc && zone.isPresent()
                    ? last.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone.get()).toLocalDateTime() : last;
        };
    }
}
