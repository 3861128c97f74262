package dev.heph.model.node;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a node is. */
public enum Kind {
    DOC,
    TASK,
    PROJECT,
    TAG,
    JOURNAL;

    /** The word in ops, in the RPC and on the screen. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of that word; empty for a word of a later version. */
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
    }

    /** All words, for messages and schemas. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
