package dev.heph.bench;

import dev.heph.model.text.Text;
import dev.heph.model.text.TextEditCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Replays recorded editing sessions: says of each whether it ends as recorded, how long that took, and how large it is. */
public final class ReplayTrace {
    private static final int USAGE = 64;
    private static final int AROUND = 20;

    private ReplayTrace() {}

    public static void main(String[] files) {
        if (files.length == 0) {
            System.err.println("replay-trace: say which. Usage: bench/replay-trace FILE.json.gz…");
            System.exit(USAGE);
        }
        boolean equal = true;
        for (String file : files) {
            try {
                equal &= replay(Path.of(file));
            } catch (TraceFile.NoTrace e) {
                equal = false;
                System.out.println(file + " " + e.getMessage());
            }
        }
        System.exit(equal ? 0 : 1);
    }

    private static boolean replay(Path file) {
        Trace trace = TraceFile.read(file);
        long begin = System.nanoTime();
        List<Replay.Made> edits = Replay.edits(trace);
        long made = System.nanoTime();
        Text text = new Text();
        edits.forEach(edit -> text.apply(edit.op(), edit.edit()));
        long applied = System.nanoTime();
        byte[] saved = text.save();
        long kept = System.nanoTime();
        Text loaded = Text.load(saved);
        long end = System.nanoTime();
        long bytes = edits.stream().mapToLong(edit -> TextEditCodec.write(edit.edit()).length).sum();
        String difference = difference(trace.end(), text.toString());
        if (difference.isEmpty()) {
            difference = difference(trace.end(), loaded.toString()).replace("differs", "differs when saved and loaded");
        }
        System.out.printf(Locale.ROOT, "%s: %s%n", file, difference.isEmpty() ? "equal" : difference);
        System.out.printf(Locale.ROOT, "  %s: %,d transactions, %,d patches, %,d characters at the end%n",
                trace.concurrent() ? "concurrent" : "sequential", trace.txns().size(), trace.patches(), text.characters());
        System.out.printf(Locale.ROOT, "  written in %s, applied elsewhere in %s, saved in %s, loaded in %s%n",
                Samples.words(made - begin), Samples.words(applied - made), Samples.words(kept - applied), Samples.words(end - kept));
        System.out.printf(Locale.ROOT, "  edits %,d bytes, %.1f for each patch; saved %,d bytes%n",
                bytes, (double) bytes / Math.max(1, trace.patches()), saved.length);
        return difference.isEmpty();
    }

    /** Empty if there is none. */
    static String difference(String expected, String actual) {
        int at = 0;
        while (at < Math.min(expected.length(), actual.length()) && expected.charAt(at) == actual.charAt(at)) {
            at++;
        }
        if (at == expected.length() && at == actual.length()) {
            return "";
        }
        return "differs at character %,d: recorded %s, replayed %s (%,d and %,d characters)".formatted(expected.codePointCount(0, at),
                near(expected, at), near(actual, at), expected.codePointCount(0, expected.length()), actual.codePointCount(0, actual.length()));
    }

    private static String near(String text, int at) {
        String there = text.substring(at, Math.min(text.length(), at + AROUND)).replace("\n", "\\n");
        return there.isEmpty() ? "its end" : "'" + there + "'";
    }
}
