package dev.heph.gateway.export;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names for files that every usual file system takes, and that lead nowhere but into their directory. */
final class FileName {
    private static final int MAX_STEM_BYTES = 120;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 1_024;

    private static final String FORBIDDEN = "/\\:*?\"<>|";

    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul",
            "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileName() {}

    /** A title as the stem of a file's name. */
    static String stem(String title) {
        StringBuilder stem = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < title.length(); ) {
            int c = title.codePointAt(i);
            int written = fits(c) ? c : ' ';
            bytes += Character.toString(written).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_STEM_BYTES) {
                break;
            }
            stem.appendCodePoint(written);
            i += Character.charCount(c);
        }
        String name = stem.toString().strip().replaceAll("\\s+", " ").replaceAll("^[. ]+|[. ]+$", "").strip();
        return name.isEmpty() || DEVICES.contains(name.toLowerCase(Locale.ROOT)) ? ("untitled " + name).strip() : name;
    }

    /**
     * The path that a note was imported from, if a file can be written there. It came with the data, perhaps from
     * another device, so nothing is taken on trust: it must be relative, go down only, be of the kind an import finds,
     * and name no hidden file.
     */
    static Optional<String> source(String path) {
        boolean bad = path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES
                || path.indexOf('\\') >= 0
                || !path.toLowerCase(Locale.ROOT).endsWith(".md")
                || path.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (bad) {
            return Optional.empty();
        }
        for (String name : path.split("/", -1)) {
            // a name that starts with a dot is "..", ".", hidden, or our own manifest
            if (name.isEmpty() || name.startsWith(".") || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                return Optional.empty();
            }
        }
        return Optional.of(path);
    }

    private static boolean fits(int codePoint) {
        return FORBIDDEN.indexOf(codePoint) < 0
                && !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
    }
}
