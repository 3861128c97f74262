package dev.heph.model.register;

import dev.heph.model.id.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a register holds. Every value carries its type on the wire, so that no reader has to guess. */
public sealed interface Value {
    /** The field was cleared. */
    record None() implements Value {}

    record Text(String text) implements Value {}

    record Int(long number) implements Value {}

    record Bool(boolean yes) implements Value {}

    /** A decimal number with its scale, within the reach of IEEE 754 decimal128. */
    record Decimal(BigDecimal number) implements Value {
        public static final int MAX_DIGITS = 34;
        public static final int MAX_SCALE = 6_144;

        public Decimal {
            if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_SCALE) {
                throw new IllegalArgumentException("a decimal has at most " + MAX_DIGITS + " digits and a scale of "
                        + MAX_SCALE);
            }
        }
    }

    /** A day of the calendar, the same in every zone; of the years 0 to 9999. */
    record Day(LocalDate day) implements Value {
        public Day {
            requireYear(day.getYear());
        }
    }

    /**
     * A date and time; floating unless a zone is given.
     *
     * @param zone an IANA name as it was given, kept as text: whether this machine's table knows it yet must not decide
     *     whether the value can be read
     */
    record Moment(LocalDateTime local, Optional<String> zone) implements Value {
        private static final Pattern ZONE = Pattern.compile("[A-Za-z][A-Za-z0-9~/._+-]{0,62}");

        public Moment {
            requireYear(local.getYear());
            if (zone.isPresent() && !ZONE.matcher(zone.get()).matches()) {
                throw new IllegalArgumentException("'" + zone.get() + "' is not the name of a time zone");
            }
        }
    }

    /** A point on the time line, to the millisecond. */
    record At(Instant instant) implements Value {
        private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
        private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

        public At {
            if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
                throw new IllegalArgumentException(instant + " is not in the years 0 to 9999");
            }
            instant = instant.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Another entity. */
    record Ref(Id id) implements Value {}

    Value NONE = new None();

    static Value text(String text) {
        return new Text(text);
    }

    /** Years beyond these are typing errors, and overflow what is computed from them. */
    private static void requireYear(int year) {
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("the year " + year + " is not one of 0 to 9999");
        }
    }

    /** The text of a text value. */
    default Optional<String> asText() {
        return this instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /** The entity that a reference points at. */
    default Optional<Id> asRef() {
        return this instanceof Ref(Id id) ? Optional.of(id) : Optional.empty();
    }

    /** The truth of a bool value. */
    default Optional<Boolean> asBool() {
        return this instanceof Bool(boolean yes) ? Optional.of(yes) : Optional.empty();
    }
}
