package dev.heph.model.id;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Unicode 16 as {@link NameFold} sees it for ever: which code points are assigned, and what each folds to. Read once,
 * on the first name that is not ASCII, from the resource whose lines are {@code assigned FIRST LAST} and {@code fold
 * FROM TO…}, all numbers in hexadecimal, both kinds ascending.
 */
final class FoldTable {
    static final String RESOURCE = "name-fold-16.txt";

    private static final int[] ASSIGNED_FIRST;
    private static final int[] ASSIGNED_LAST;
    private static final int[] FOLD_FROM;
    private static final String[] FOLD_TO;

    static {
        List<int[]> assigned = new ArrayList<>();
        List<int[]> folds = new ArrayList<>();
        for (String line : resource().split("\n")) {
            if (!line.startsWith("#")) {
                (line.startsWith("assigned ") ? assigned : folds).add(numbers(line));
            }
        }
        ASSIGNED_FIRST = assigned.stream().mapToInt(range -> range[0]).toArray();
        ASSIGNED_LAST = assigned.stream().mapToInt(range -> range[1]).toArray();
        FOLD_FROM = folds.stream().mapToInt(fold -> fold[0]).toArray();
        FOLD_TO = folds.stream().map(fold -> new String(fold, 1, fold.length - 1)).toArray(String[]::new);
    }

    private FoldTable() {}

    static boolean isAssigned(int codePoint) {
        int range = Arrays.binarySearch(ASSIGNED_FIRST, codePoint);
        int before = range >= 0 ? range : -range - 2;
        return before >= 0 && codePoint <= ASSIGNED_LAST[before];
    }

    static void append(int codePoint, StringBuilder folded) {
        int fold = Arrays.binarySearch(FOLD_FROM, codePoint);
        if (fold >= 0) {
            folded.append(FOLD_TO[fold]);
        } else {
            folded.appendCodePoint(codePoint);
        }
    }

    private static int[] numbers(String line) {
        String[] words = line.split(" ");
        return Arrays.stream(words, 1, words.length).mapToInt(word -> Integer.parseInt(word, 16)).toArray();
    }

    private static String resource() {
        try (InputStream table = FoldTable.class.getResourceAsStream(RESOURCE)) {
            if (table == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing from heph's model library");
            }
            return new String(table.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
