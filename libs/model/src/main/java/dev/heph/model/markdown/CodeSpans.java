package dev.heph.model.markdown;

import java.util.HashMap;
import java.util.Map;

/** Code spans of one passage (CommonMark §6.1): a run of backticks up to the next run of the same length. */
final class CodeSpans {
    static final int NONE = -1;

    private final String text;
    /**
     * Start of the last run of each length: what keeps a text of runs that never close from being searched again and
     * again.
     */
    private Map<Integer, Integer> lastRuns = Map.of();

    CodeSpans(String text) {
        this.text = text;
    }

    /** The offset after the code span that opens with the backticks at {@code at}, or {@link #NONE}. */
    int end(int at) {
        int open = runEnd(at);
        int length = open - at;
        if (lastRuns.isEmpty()) {
            lastRuns = lastRuns(at);
        }
        int last = lastRuns.getOrDefault(length, NONE);
        for (int run = open; run <= last; run = runEnd(run)) {
            run = text.indexOf('`', run);
            if (runEnd(run) - run == length) {
                return run + length;
            }
        }
        return NONE;
    }

    /** The offset after the backticks that begin at {@code at}. */
    int runEnd(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end;
    }

    private Map<Integer, Integer> lastRuns(int from) {
        Map<Integer, Integer> last = new HashMap<>();
        for (int run = text.indexOf('`', from); run >= 0; run = text.indexOf('`', run)) {
            int end = runEnd(run);
            last.put(end - run, run);
            run = end;
        }
        return last;
    }
}
