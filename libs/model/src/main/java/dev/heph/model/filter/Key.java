package dev.heph.model.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a filter can ask about. */
public enum Key {
    KIND("task"),
    STATE("done"),
    ATTENTION("red"),
    PROJECT("house"),
    TAG("home"),
    DO("today"),
    LATE("passed"),
    TEXT("rent");

    private final String value;

    Key(String value) {
        this.value = value;
    }

    /** As it is written before the colon. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How it is used, for messages: {@code kind:task}. */
    public String example() {
        return "%s:%s".formatted(word(), value);
    }

    /** Whether its values are dates, which come before and after one another. */
    public boolean isDate() {
        return this == DO || this == LATE;
    }

    /** Whether an item may be without it and a filter may ask for that: {@code tag:none}, {@code tag:any}. */
    public boolean isOptional() {
        return isDate() || this == PROJECT || this == TAG;
    }

    static Optional<Key> of(String word) {
        return Arrays.stream(values()).filter(key -> key.word().equals(word.toLowerCase(Locale.ROOT))).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Key::word).toList();
    }
}
