package dev.heph.model.checklist;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The list of an occurrence as it was when somebody was through with it, so that its wording stays whatever becomes of the template. As a
 * text a line for each box: {@code client@clock[x]Buy milk}.
 *
 * @param boxes no more than {@link #MOST_BOXES}, none with more than {@link #MOST_LETTERS} code points
 */
public record KeptList(List<Box> boxes) {
    /** What is beyond is not kept: the list of an occurrence is written each time one is closed. */
    static final int MOST_BOXES = 500;

    static final int MOST_LETTERS = 200;

    private static final Pattern LINE = Pattern.compile("(\\d+@\\d+)\\[([^\\[\\]]{1,2})](.*)", Pattern.DOTALL);

    public KeptList {
        boxes = boxes.stream().limit(MOST_BOXES).map(box -> new Box(box.character(), box.mark(), cut(box.text()))).toList();
    }

    private static String cut(String text) {
        String line = text.split("[\r\n]", 2)[0];
        return line.codePointCount(0, line.length()) <= MOST_LETTERS ? line : line.substring(0, line.offsetByCodePoints(0, MOST_LETTERS));
    }

    /** Passes over what is no line of such a list. */
    public static KeptList read(String text) {
        return new KeptList(Arrays.stream(text.split("\n")).map(KeptList::line).flatMap(Optional::stream).toList());
    }

    private static Optional<Box> line(String text) {
        Matcher line = LINE.matcher(text);
        return !line.matches() || !Mark.isMark(line.group(2)) ? Optional.empty()
                : Mark.character(line.group(1)).map(character -> new Box(character, line.group(2), line.group(3)));
    }

    @Override
    public String toString() {
        return boxes.stream().map(box -> box.character() + "[" + box.mark() + "]" + box.text()).collect(Collectors.joining("\n"));
    }
}
