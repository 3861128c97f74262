package dev.heph.model.text;

import java.util.List;
import java.util.Objects;

/**
 * Whether two edits that knew nothing of each other meddled with the same words, so that a person should look at what came of it: "races in
 * a text" in docs/design/merge.md. A function of the two edits alone: characters have their names for ever, so it does not matter
 * what else the text holds.
 */
public final class Overlap {
    private Overlap() {}

    /** Whether two concurrent edits did different things with the same characters or at the same place. */
    public static boolean between(TextEdit one, TextEdit other) {
        return !isSame(one, other)
                && (replacedWords(one, other) || wroteInto(one, other) || wroteInto(other, one) || wroteAtOnePlace(one, other)
                        || deletesWhatOtherWrote(one, other) || deletesWhatOtherWrote(other, one));
    }

    /** Whether each of two edits takes out what another of two earlier ones wrote, so that nothing is left of what stood against each other. */
    public static boolean takeOutBoth(TextEdit one, TextEdit other, TextEdit earlier, TextEdit against) {
        return !isSame(one, other)
                && (deletesWhatOtherWrote(one, earlier) && deletesWhatOtherWrote(other, against)
                        || deletesWhatOtherWrote(one, against) && deletesWhatOtherWrote(other, earlier));
    }

    /** Whether an edit that has seen another one worked on what that one did. */
    public static boolean touches(TextEdit later, TextEdit earlier) {
        return later.runs().stream().anyMatch(run -> isWithin(run.left(), earlier) && isWithin(run.right(), earlier))
                || deletesWhatOtherWrote(later, earlier)
                || later.undeletes().stream().anyMatch(undelete ->
                        earlier.deletes().stream().anyMatch(range -> meet(range, undelete.range())));
    }

    /** Whether an edit names characters that the other one wrote: whoever made it has seen them. */
    public static boolean builds(TextEdit later, TextEdit earlier) {
        return deletesWhatOtherWrote(later, earlier)
                || later.runs().stream().anyMatch(run -> isWithin(run.left(), earlier) || isWithin(run.right(), earlier));
    }

    /** Two devices that make the same edit of the same version write the same characters. */
    private static boolean isSame(TextEdit one, TextEdit other) {
        return one.client() == other.client() && one.clock() == other.clock() && one.runs().equals(other.runs());
    }

    /** Both deleted some characters, and one wrote others in their place; that both deleted them is no race. */
    private static boolean replacedWords(TextEdit one, TextEdit other) {
        return one.deletes().stream().anyMatch(range -> other.deletes().stream().anyMatch(same -> meet(range, same)))
                && (replaces(one) || replaces(other));
    }

    /** New text stands behind what it replaces. */
    private static boolean replaces(TextEdit edit) {
        return edit.runs().stream().anyMatch(run -> covers(edit.deletes(), run.left()));
    }

    /** One wrote in the middle of what the other deleted. */
    private static boolean wroteInto(TextEdit one, TextEdit other) {
        return one.runs().stream().anyMatch(run -> covers(other.deletes(), run.left()) && covers(other.deletes(), run.right()));
    }

    /** Both wrote between the same two characters. Whole lines do not disturb each other: both are kept, one after the other. */
    private static boolean wroteAtOnePlace(TextEdit one, TextEdit other) {
        return one.runs().stream().anyMatch(run -> other.runs().stream().anyMatch(also ->
                Objects.equals(run.left(), also.left()) && Objects.equals(run.right(), also.right())
                        && !(isLines(run) && isLines(also))));
    }

    private static boolean isLines(Run run) {
        return run.text().startsWith("\n") || run.text().endsWith("\n");
    }

    /** It deleted characters that the other wrote too, when both had made the same edit. */
    private static boolean deletesWhatOtherWrote(TextEdit one, TextEdit other) {
        return other.length() > 0 && one.deletes().stream().anyMatch(range ->
                meet(range, new DeleteRange(other.client(), other.clock(), other.length())));
    }

    private static boolean isWithin(CharId character, TextEdit edit) {
        return character != null && character.client() == edit.client() && character.clock() >= edit.clock()
                && character.clock() < edit.clock() + edit.length();
    }

    private static boolean covers(List<DeleteRange> ranges, CharId character) {
        return character != null && ranges.stream().anyMatch(range -> meet(range, new DeleteRange(character.client(), character.clock(), 1)));
    }

    private static boolean meet(DeleteRange one, DeleteRange other) {
        return one.client() == other.client() && one.clock() < other.end() && other.clock() < one.end();
    }
}
