package dev.heph.store.view;

import dev.heph.model.id.Id;
import java.util.Locale;
import java.util.Optional;

/** An id backwards, so that its end, the short id people type, is a prefix that an index finds. */
public final class Tail {
    /** The fewest letters that name a node. */
    public static final int MIN_LETTERS = 4;

    private Tail() {}

    public static String of(Id id) {
        return reversed(id.toString());
    }

    /** The last letters of an id, as people type them. */
    public static String end(Id id, int letters) {
        String text = id.toString().toLowerCase(Locale.ROOT);
        return text.substring(text.length() - letters);
    }

    /** What an index is asked for an end of an id; empty when {@code text} cannot be one. */
    public static Optional<String> ofEnd(String text) {
        boolean fits = text.length() >= MIN_LETTERS && text.length() <= Id.LETTERS;
        // An end is read like a whole id: padded to one, so that the confused letters are forgiven alike.
        return fits
                ? Id.parse("0".repeat(Id.LETTERS - text.length()) + text)
                        .map(id -> of(id).substring(0, text.length()))
                : Optional.empty();
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString().toLowerCase(Locale.ROOT);
    }
}
