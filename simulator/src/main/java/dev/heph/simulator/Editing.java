package dev.heph.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How people change a text: some lines or words at a time. */
final class Editing {
    /** So few that titles, links and names meet. */
    static final List<String> TITLES = List.of("Alpha", "Beta", "Gamma", "Delta");
    static final List<String> TAGS = List.of("home", "work");
    private static final int MANY_LINES = 200;

    private final Dice dice;
    private final Typed typed;

    Editing(Dice dice, Typed typed) {
        this.dice = dice;
        this.typed = typed;
    }

    /** A text from nothing. */
    String fresh() {
        return IntStream.range(0, dice.upTo(5)).mapToObj(any -> line()).map(line -> line + "\n").collect(Collectors.joining());
    }

    String edited(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        for (int times = 1 + dice.upTo(3); times > 0; times--) {
            edit(lines);
        }
        return String.join("\n", lines);
    }

    private void edit(List<String> lines) {
        int what = dice.upTo(20);
        String line = line();
        Optional<Integer> place = dice.pick(IntStream.range(0, lines.size()).boxed().toList(), at -> lines.get(at).hashCode());
        int at = place.orElse(0);
        if (lines.isEmpty() || what < 5) {
            lines.add(at, line);
        } else if (what < 8) {
            lines.set(at, reworded(lines.get(at)));
        } else if (what < 12) {
            lines.set(at, ticked(lines.get(at)));
        } else if (what < 14) {
            lines.remove(at);
        } else if (what < 16) {
            lines.add(lines.getLast().isEmpty() ? lines.size() - 1 : lines.size(), line);
        } else if (what < 17) {
            lines.add(dice.upTo(lines.size()), lines.remove(at));
        } else if (what < 18) {
            lines.set(at, lines.get(at) + " " + typed.word());
        } else if (what < 19) {
            lines.set(at, splitInTwo(lines.get(at)));
        } else if (dice.oneIn(4)) {
            IntStream.range(0, MANY_LINES).forEach(any -> lines.add(at, typed.word()));
        }
    }

    private String line() {
        return switch (dice.upTo(8)) {
            case 0, 1, 2 -> typed.words(1 + dice.upTo(4));
            case 3, 4, 5 -> "- [" + (dice.oneIn(4) ? 'x' : ' ') + "] " + typed.words(1 + dice.upTo(2));
            case 6 -> typed.word() + " [[" + dice.of(TITLES) + "]] " + typed.word();
            default -> typed.word() + " #" + dice.of(TAGS);
        };
    }

    private String reworded(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        int at = dice.upTo(words.size());
        if (words.get(at).length() > 3) {
            words.set(at, typed.word());
        } else {
            words.add(typed.word());
        }
        return String.join(" ", words);
    }

    private String ticked(String line) {
        return line.startsWith("- [ ]") ? line.replaceFirst("\\[ ]", "[x]") : line.startsWith("- [x]") ? line.replaceFirst("\\[x]", "[ ]") : line;
    }

    private static String splitInTwo(String line) {
        int space = line.lastIndexOf(' ');
        return space < 0 ? line : line.substring(0, space) + "\n" + line.substring(space + 1);
    }
}
