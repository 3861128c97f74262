package dev.heph.model.id;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes the table that {@link NameFold} reads, from the character data of the Java platform it runs on. It was run
 * once, on JDK 25 (Unicode 16); the table is frozen since and must not be made again from another platform. To see
 * that it can be made again: {@code java -cp target/test-classes:target/classes dev.heph.model.id.NameFoldTable OUT}
 * on JDK 25, and compare.
 */
public final class NameFoldTable {
    private static final int DOTLESS_I = 0x131;
    private static final int CHEROKEE_FIRST = 0x13A0;
    private static final int CHEROKEE_LAST = 0x13F5;

    private NameFoldTable() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), make(), StandardCharsets.US_ASCII);
    }

    static String make() {
        return "# Unicode 16: assigned code points and full case folding. Frozen; see docs/design/names.md\n"
                + assigned() + folds();
    }

    private static String assigned() {
        StringBuilder lines = new StringBuilder();
        int at = 0;
        while (at <= Character.MAX_CODE_POINT) {
            int last = at;
            while (last <= Character.MAX_CODE_POINT && isAssigned(last)) {
                last++;
            }
            if (last > at) {
                lines.append("assigned %X %X\n".formatted(at, last - 1));
            }
            at = last + 1;
        }
        return lines.toString();
    }

    /** Surrogates count as unassigned: alone in a string they are no character. */
    private static boolean isAssigned(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.UNASSIGNED && type != Character.SURROGATE;
    }

    private static String folds() {
        StringBuilder lines = new StringBuilder();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            String letter = Character.toString(codePoint);
            String folded = isAssigned(codePoint) ? fold(codePoint, letter) : letter;
            if (!folded.equals(letter)) {
                lines.append("fold %X".formatted(codePoint));
                folded.codePoints().forEach(to -> lines.append(" %X".formatted(to)));
                lines.append('\n');
            }
        }
        return lines.toString();
    }

    /**
     * Unicode's full case folding (status C and F) is lower(upper(lower(x))), with two exceptions: the dotless i
     * folds to itself, and Cherokee, whose lower case came late, folds to upper case.
     */
    private static String fold(int codePoint, String letter) {
        String upper = upper(lower(letter));
        int first = upper.codePointAt(0);
        if (codePoint == DOTLESS_I || (first >= CHEROKEE_FIRST && first <= CHEROKEE_LAST)) {
            return codePoint == DOTLESS_I ? letter : upper;
        }
        return lower(upper);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Letter by letter, because Java lowers a sigma by what stands before it. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.codePoints().forEach(letter -> lower.append(Character.toString(letter).toLowerCase(Locale.ROOT)));
        return lower.toString();
    }
}
