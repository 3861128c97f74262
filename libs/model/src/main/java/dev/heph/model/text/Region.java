package dev.heph.model.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of a text about which its sides disagree, as a three-way comparison of lines finds them.
 *
 * @param base what the lines said before
 * @param sides what they say on each side
 * @param from where they begin in the merged text
 * @param to where they end there
 * @param text the merged text
 */
public record Region(String base, List<String> sides, int from, int to, String text) {
    /** What the merge made of the lines. */
    public String merged() {
        return text.substring(from, to);
    }

    /** The merged text with these lines in the place of what the merge made. */
    public String with(String lines) {
        return text.substring(0, from) + lines + text.substring(to);
    }

    /**
     * @param at where the characters in question stand in the merged text
     * @return nothing when at most one side says there anything that the base does not, and the merged text says it too
     */
    public static Optional<Region> of(String base, List<String> sides, String merged, List<Integer> at) {
        List<Compared> compared = Stream.concat(sides.stream(), Stream.of(merged)).map(side -> Compared.to(base, side)).toList();
        Compared result = compared.getLast();
        List<Gap> gaps = gaps(Line.split(base).size(), compared);
        List<Gap> chosen = gaps.stream().filter(gap -> at.stream().anyMatch(position -> result.holds(gap, position))).toList();
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Gap gap = new Gap(chosen.getFirst().after(), chosen.getLast().before());
        String before = String.join("", Line.split(base).subList(gap.after() + 1, gap.before()));
        List<String> said = compared.subList(0, sides.size()).stream().map(side -> side.text(gap)).toList();
        List<String> other = said.stream().filter(side -> !side.equals(before)).distinct().toList();
        boolean isAsOneSays = other.isEmpty() || other.size() == 1 && other.getFirst().equals(result.text(gap));
        if (isAsOneSays) {
            return Optional.empty();
        }
        return Optional.of(new Region(before, said, result.start(gap), result.end(gap), merged));
    }

    /** What stands between two lines of the base that every side has kept: {@code after} one and {@code before} the other. */
    private record Gap(int after, int before) {}

    private static List<Gap> gaps(int size, List<Compared> compared) {
        List<Gap> gaps = new ArrayList<>();
        int last = -1;
        for (int line = 0; line <= size; line++) {
            int at = line;
            if (at == size || compared.stream().allMatch(side -> side.counterparts()[at] >= 0)) {
                Gap gap = new Gap(last, line);
                boolean isEmpty = line == last + 1 && compared.stream().allMatch(side -> side.start(gap) == side.end(gap));
                if (!isEmpty) {
                    gaps.add(gap);
                }
                last = line;
            }
        }
        return gaps;
    }

    /** A text beside the base. @param starts where its lines begin, and where the last one ends */
    private record Compared(String whole, int[] counterparts, int[] starts) {
        static Compared to(String base, String side) {
            List<String> lines = Line.split(side);
            int[] starts = new int[lines.size() + 1];
            for (int line = 0; line < lines.size(); line++) {
                starts[line + 1] = starts[line] + lines.get(line).length();
            }
            return new Compared(side, new Alignment().of(Line.split(base), lines), starts);
        }

        int start(Gap gap) {
            return gap.after() < 0 ? 0 : starts[counterparts[gap.after()] + 1];
        }

        int end(Gap gap) {
            return gap.before() == counterparts.length ? starts[starts.length - 1] : starts[counterparts[gap.before()]];
        }

        String text(Gap gap) {
            return whole.substring(start(gap), end(gap));
        }

        boolean holds(Gap gap, int position) {
            boolean isAtTheEnd = position == starts[starts.length - 1] && position == end(gap);
            return start(gap) <= position && position < end(gap) || start(gap) == end(gap) && position == start(gap) || isAtTheEnd;
        }
    }
}
