package dev.heph.store.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What narrows a search: {@code kind:doc}, {@code -tag:home}.
 *
 * @param denied whether it must not hold
 * @param value as typed, without quotes
 * @param start offset of {@code value} in what was typed
 */
public record Operator(boolean denied, Key key, String value, int start) {
    /** What can be asked of a node besides its words. */
    public enum Key {
        KIND,
        TAG,
        PROJECT,
        STATE,
        BEFORE,
        AFTER;

        boolean isDate() {
            return this == BEFORE || this == AFTER;
        }

        /** As it is written before the colon. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Key> of(String word) {
            return Arrays.stream(values()).filter(key -> key.name().equalsIgnoreCase(word)).findFirst();
        }
    }

    /** One that was not typed into the query. */
    public static Operator of(Key key, String value) {
        return new Operator(false, key, value, -1);
    }
}
