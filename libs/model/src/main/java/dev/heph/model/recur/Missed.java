package dev.heph.model.recur;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be done about dates that passed unheeded. */
public enum Missed {
    /** The newest alone; it says how many there were before it. */
    LATEST,
    /** Every one of them, the oldest first. */
    ALL,
    /** The oldest, until it is closed; then the one after it. */
    KEEP;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Missed> of(String word) {
        return Stream.of(values()).filter(missed -> missed.word().equals(word)).findFirst();
    }
}
