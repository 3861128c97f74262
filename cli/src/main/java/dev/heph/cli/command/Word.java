package dev.heph.cli.command;

import java.util.Locale;
import java.util.Map;

/** A kind, state or attention as people type it: in any case, with the synonyms that filters know. */
final class Word {
    private static final Map<String, String> SYNONYMS = Map.of("note", "doc", "open", "outstanding", "later", "blue");

    private Word() {}

    /** The RPC's word for it. */
    static String of(String typed) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return SYNONYMS.getOrDefault(lower, lower);
    }
}
