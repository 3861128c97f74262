package dev.heph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What people type to search, in equal parts: a frequent word, a usual and a rare one, two words, a phrase, a beginning, Japanese. */
final class Queries {
    private static final int KINDS = 7;

    private Queries() {}

    static List<String> of(Random random, Words words, List<Vault.Note> notes, int count) {
        List<String> queries = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            queries.add(switch (at % KINDS) {
                case 0 -> words.between(random, 0, 30);
                case 1 -> words.between(random, 100, 2_000);
                case 2 -> words.between(random, 5_000, Vault.VOCABULARY);
                case 3 -> words.any(random) + " " + words.between(random, 0, 1_000);
                case 4 -> phrase(random, notes.get(random.nextInt(notes.size())));
                case 5 -> beginning(words.between(random, 200, Vault.VOCABULARY));
                default -> Words.any(random, Vault.JAPANESE);
            });
        }
        return queries;
    }

    /** Two words that stand side by side in a note. */
    private static String phrase(Random random, Vault.Note note) {
        String[] words = note.body().replaceAll("\\W+", " ").strip().split(" ");
        int at = random.nextInt(words.length - 1);
        return '"' + words[at] + " " + words[at + 1] + '"';
    }

    private static String beginning(String word) {
        return word.substring(0, Math.min(word.length(), 4)) + "*";
    }
}
