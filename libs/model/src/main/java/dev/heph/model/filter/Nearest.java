package dev.heph.model.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The known word that a mistyped one probably meant. */
final class Nearest {
    private static final int LONGEST = 20;

    private Nearest() {}

    /** The candidate with the fewest edits to {@code word}, if that is at most a third of its length (and one edit at least). */
    static Optional<String> to(String word, List<String> candidates) {
        int most = Math.max(1, word.length() / 3);
        return word.length() > LONGEST ? Optional.empty() : candidates.stream()
                .filter(candidate -> edits(word, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** Levenshtein: inserts, deletes, replacements. */
    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
