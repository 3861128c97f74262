package dev.heph.model.id;

import java.text.Normalizer;

/**
 * The form of a name under which two spellings are one name: trimmed, inner white space collapsed to one space,
 * canonically composed (NFC) and case folded. Derived ids hash it, so it is part of the wire format: it never
 * changes, on no Java platform. How that is kept is told in docs/design/names.md; golden vectors and a hash of the
 * table freeze it.
 *
 * <p>Folding is idempotent, never fails, and keeps what it does not know: code points that Unicode 16 had not
 * assigned (and lone surrogates) pass through untouched and unnormalised.
 */
public final class NameFold {
    private static final char SPACE = ' ';

    private NameFold() {}

    /** The folded name; the same instance when {@code name} is folded already. */
    public static String fold(String name) {
        String spaced = spaced(name);
        return isAscii(spaced) ? lowerAscii(spaced) : foldUnicode(spaced);
    }

    /** Whether {@code one} and {@code other} are spellings of one name. */
    public static boolean same(String one, String other) {
        return one.equals(other) || fold(one).equals(fold(other));
    }

    private static String foldUnicode(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        int at = 0;
        while (at < name.length()) {
            int end = runEnd(name, at);
            if (FoldTable.isAssigned(name.codePointAt(at))) {
                folded.append(foldAssigned(name.substring(at, end)));
            } else {
                folded.append(name, at, end);
            }
            at = end;
        }
        return folded.toString();
    }

    /**
     * Decomposed before folding (a folded letter may hide in a composed one), composed after: Unicode's canonical
     * caseless form.
     */
    private static String foldAssigned(String run) {
        String decomposed = Normalizer.normalize(run, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(codePoint -> FoldTable.append(codePoint, folded));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** The end of the longest run from {@code start} that is all assigned or all unassigned. */
    private static int runEnd(String name, int start) {
        boolean assigned = FoldTable.isAssigned(name.codePointAt(start));
        int at = start;
        while (at < name.length() && FoldTable.isAssigned(name.codePointAt(at)) == assigned) {
            at += Character.charCount(name.codePointAt(at));
        }
        return at;
    }

    private static String spaced(String name) {
        if (isSpaced(name)) {
            return name;
        }
        StringBuilder spaced = new StringBuilder(name.length());
        boolean gap = false;
        for (int at = 0; at < name.length(); at++) {
            char unit = name.charAt(at);
            if (isWhite(unit)) {
                gap = true;
                continue;
            }
            if (gap && !spaced.isEmpty()) {
                spaced.append(SPACE);
            }
            gap = false;
            spaced.append(unit);
        }
        return spaced.toString();
    }

    private static boolean isSpaced(String name) {
        boolean afterSpace = true;
        for (int at = 0; at < name.length(); at++) {
            boolean white = isWhite(name.charAt(at));
            if (white && (afterSpace || name.charAt(at) != SPACE)) {
                return false;
            }
            afterSpace = white;
        }
        return name.isEmpty() || !afterSpace;
    }

    /** Unicode's White_Space, written out because Java's own idea of it differs and may change. */
    private static boolean isWhite(char unit) {
        return switch (unit) {
            case '\t', '\n', '\u000B', '\f', '\r', SPACE, '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029',
                    '\u202F', '\u205F', '\u3000' -> true;
            default -> unit >= '\u2000' && unit <= '\u200A';
        };
    }

    private static boolean isAscii(String name) {
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String lowerAscii(String name) {
        for (int at = 0; at < name.length(); at++) {
            char unit = name.charAt(at);
            if (unit >= 'A' && unit <= 'Z') {
                return lowerAscii(name, at);
            }
        }
        return name;
    }

    private static String lowerAscii(String name, int from) {
        char[] units = name.toCharArray();
        for (int at = from; at < units.length; at++) {
            if (units[at] >= 'A' && units[at] <= 'Z') {
                units[at] += 'a' - 'A';
            }
        }
        return new String(units);
    }
}
