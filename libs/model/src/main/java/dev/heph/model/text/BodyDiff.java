package dev.heph.model.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a person changed between the body they loaded and the body they saved, such that it merges well with what others
 * changed meanwhile: whole lines where lines came or went, words where a line was reworded, never everything.
 *
 * <p>Bounds: lines and words are aligned within the bounds of {@link Alignment}. Reworded lines are looked for in hunks of
 * up to {@value #MOST_LINES} lines, with {@value #MOST_COMPARED} UTF-16 units of comparing in all; two lines of together more
 * than {@value #LONG_LINE} units are not taken apart into words. Beyond that a hunk, or the middle of a long line, is replaced
 * whole: still right, only coarser. So ten megabytes entirely different, or 200,000 lines, take a second or two at most.
 */
public final class BodyDiff {
    private static final long MOST_COMPARED = 50_000_000;
    private static final int LONG_LINE = 65_536;
    private static final int MOST_LINES = 100_000;

    private static final int NEARBY_LINES = 8;

    /** Every line counts as this much more, so that very many short ones are bounded too. */
    private static final long LINE_COST = 16;

    /** From here on two lines count as one line reworded; of one line in the place of one, less is enough. */
    private static final double ALIKE = 0.5;
    private static final double ALIKE_IN_PLACE = 0.3;

    private final List<Splice> splices = new ArrayList<>();
    private final Alignment alignment = new Alignment();
    private long comparable = MOST_COMPARED;

    private BodyDiff() {}

    /**
     * The splices that make {@code saved} of {@code base}: ascending, at least one kept character apart, never through a
     * surrogate pair.
     *
     * @throws TextException if {@code saved} holds NUL or lone surrogates
     */
    public static List<Splice> between(String base, String saved) {
        Characters.require(saved);
        if (base.equals(saved)) {
            return List.of();
        }
        if (base.isEmpty()) {
            return List.of(new Splice(0, 0, saved));
        }
        // Only whole lines are trimmed, so that what is left aligns line by line.
        int prefix = Common.prefix(base, saved);
        int start = base.lastIndexOf('\n', prefix - 1) + 1;
        int suffix = Common.suffix(base, saved, start);
        if (!startsLine(base, base.length() - suffix) || !startsLine(saved, saved.length() - suffix)) {
            int lineEnd = base.indexOf('\n', base.length() - suffix);
            suffix = lineEnd < 0 ? 0 : base.length() - lineEnd - 1;
        }
        BodyDiff diff = new BodyDiff();
        diff.lines(start, Line.split(base.substring(start, base.length() - suffix)),
                Line.split(saved.substring(start, saved.length() - suffix)));
        return Splice.joined(diff.splices);
    }

    /** The text that the splices make of {@code base}. */
    public static String applied(String base, List<Splice> splices) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (Splice splice : Splice.joined(splices)) {
            if (splice.deleted() > base.length() - splice.position()) {
                throw new TextException("a splice of " + splice.position() + " to " + splice.end()
                        + " is outside the text, which has " + base.length() + " units");
            }
            text.append(base, next, splice.position()).append(splice.inserted());
            next = splice.end();
        }
        return text.append(base, next, base.length()).toString();
    }

    private static boolean startsLine(String text, int position) {
        return position == 0 || text.charAt(position - 1) == '\n';
    }

    private void lines(int start, List<String> base, List<String> saved) {
        int[] counterparts = alignment.of(base, saved);
        int position = start;
        int next = 0;
        for (int i = 0; i <= base.size(); ) {
            int gapEnd = i;
            while (gapEnd < base.size() && counterparts[gapEnd] < 0) {
                gapEnd++;
            }
            int other = gapEnd == base.size() ? saved.size() : counterparts[gapEnd];
            position = hunk(position, base.subList(i, gapEnd), saved.subList(next, other));
            if (gapEnd < base.size()) {
                position += base.get(gapEnd).length();
            }
            next = other + 1;
            i = gapEnd + 1;
        }
    }

    /** Lines that were replaced by other lines; gives the position behind them. */
    private int hunk(int start, List<String> base, List<String> saved) {
        if (base.isEmpty() || saved.isEmpty() || base.size() + saved.size() > MOST_LINES) {
            return replace(start, base, saved);
        }
        List<Line> lines = base.stream().map(Line::new).toList();
        List<Line> savedLines = saved.stream().map(Line::new).toList();
        int[] reworded = reworded(lines, savedLines);
        int position = start;
        int from = 0;
        int next = 0;
        for (int i = 0; i < reworded.length; i++) {
            if (reworded[i] >= 0) {
                position = replace(position, base.subList(from, i), saved.subList(next, reworded[i]));
                words(position, base.get(i), saved.get(reworded[i]));
                position += base.get(i).length();
                from = i + 1;
                next = reworded[i] + 1;
            }
        }
        return replace(position, base.subList(from, base.size()), saved.subList(next, saved.size()));
    }

    /** For each line the line that it became: first those that still say the same, then between them the most alike. */
    private int[] reworded(List<Line> base, List<Line> saved) {
        int[] reworded = alignment.of(
                base.stream().map(line -> line.content).toList(), saved.stream().map(line -> line.content).toList());
        int next = 0;
        for (int i = 0; i <= base.size(); ) {
            int gapEnd = i;
            while (gapEnd < base.size() && reworded[gapEnd] < 0) {
                gapEnd++;
            }
            int other = gapEnd == base.size() ? saved.size() : reworded[gapEnd];
            int[] alike = alike(base.subList(i, gapEnd), saved.subList(next, other));
            for (int j = 0; j < alike.length; j++) {
                reworded[i + j] = alike[j] < 0 ? -1 : next + alike[j];
            }
            next = other + 1;
            i = gapEnd + 1;
        }
        return reworded;
    }

    /** The pairing in order that is most alike in sum, of lines that are alike at all. */
    private int[] alike(List<Line> base, List<Line> saved) {
        int[] alike = new int[base.size()];
        Arrays.fill(alike, -1);
        if (base.isEmpty() || saved.isEmpty()) {
            return alike;
        }
        long cost = (long) saved.size() * units(base) + (long) base.size() * units(saved);
        if (cost > comparable) {
            nearby(base, saved, alike);
            return alike;
        }
        comparable -= cost;
        double alikeFrom = base.size() == 1 && saved.size() == 1 ? ALIKE_IN_PLACE : ALIKE;
        double[][] best = new double[base.size() + 1][saved.size() + 1];
        double[][] likeness = new double[base.size()][saved.size()];
        for (int i = base.size() - 1; i >= 0; i--) {
            for (int j = saved.size() - 1; j >= 0; j--) {
                likeness[i][j] = base.get(i).likeness(saved.get(j));
                best[i][j] = Math.max(best[i + 1][j], best[i][j + 1]);
                if (likeness[i][j] >= alikeFrom) {
                    best[i][j] = Math.max(best[i][j], likeness[i][j] + best[i + 1][j + 1]);
                }
            }
        }
        for (int i = 0, j = 0; i < base.size() && j < saved.size(); ) {
            if (likeness[i][j] >= alikeFrom && best[i][j] == likeness[i][j] + best[i + 1][j + 1]) {
                alike[i++] = j++;
            } else if (best[i][j] == best[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        return alike;
    }

    /** For many lines: each with the first alike among the next few. So a word replaced everywhere stays a change of words. */
    private void nearby(List<Line> base, List<Line> saved, int[] alike) {
        int next = 0;
        for (int i = 0; i < base.size(); i++) {
            for (int j = next; j < Math.min(saved.size(), next + NEARBY_LINES) && alike[i] < 0; j++) {
                comparable -= base.get(i).content.length() + saved.get(j).content.length() + LINE_COST;
                if (comparable < 0) {
                    return;
                }
                if (base.get(i).likeness(saved.get(j)) >= ALIKE) {
                    alike[i] = j;
                    next = j + 1;
                }
            }
        }
    }

    private static long units(List<Line> lines) {
        return lines.stream().mapToLong(line -> line.content.length() + LINE_COST).sum();
    }

    private int replace(int start, List<String> base, List<String> saved) {
        if (base.isEmpty() && saved.isEmpty()) {
            return start;
        }
        int length = base.stream().mapToInt(String::length).sum();
        splices.add(new Splice(start, length, String.join("", saved)));
        return start + length;
    }

    private void words(int start, String base, String saved) {
        if (base.length() + saved.length() > LONG_LINE) {
            middle(start, base, saved);
            return;
        }
        List<String> words = Words.split(base);
        List<String> savedWords = Words.split(saved);
        int[] counterparts = alignment.of(words, savedWords);
        keepPhrases(words, counterparts);
        int position = start;
        int from = 0;
        int next = 0;
        for (int i = 0; i < counterparts.length; i++) {
            if (counterparts[i] >= 0) {
                position = replace(position, words.subList(from, i), savedWords.subList(next, counterparts[i]));
                position += words.get(i).length();
                from = i + 1;
                next = counterparts[i] + 1;
            }
        }
        replace(position, words.subList(from, words.size()), savedWords.subList(next, savedWords.size()));
    }

    /**
     * A space that stayed between two words that did not is no landmark: the phrase changes as one, so that two people's
     * replacements come out one behind the other and not word by word interleaved.
     */
    private static void keepPhrases(List<String> words, int[] counterparts) {
        for (int i = 1; i < counterparts.length - 1; i++) {
            if (counterparts[i - 1] < 0 && counterparts[i + 1] < 0 && words.get(i).isBlank()) {
                counterparts[i] = -1;
            }
        }
    }

    /** All between the common beginning and the common end. */
    private void middle(int start, String base, String saved) {
        int prefix = Common.prefix(base, saved);
        if (Characters.splitsPair(base, prefix) || Characters.splitsPair(saved, prefix)) {
            prefix--;
        }
        int suffix = Common.suffix(base, saved, prefix);
        if (Characters.splitsPair(base, base.length() - suffix) || Characters.splitsPair(saved, saved.length() - suffix)) {
            suffix--;
        }
        splices.add(new Splice(start + prefix, base.length() - prefix - suffix,
                saved.substring(prefix, saved.length() - suffix)));
    }
}
