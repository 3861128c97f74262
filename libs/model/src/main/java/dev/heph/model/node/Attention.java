package dev.heph.model.node;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much of a person's attention a task asks for. */
public enum Attention {
    WHITE,
    ORANGE,
    RED,
    BLUE;

    /** The word in ops, in the RPC and on the screen. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of that word; empty for a word of a later version. */
    public static Optional<Attention> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
    }

    /** All words, for messages and schemas. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Attention::word).toList();
    }
}
