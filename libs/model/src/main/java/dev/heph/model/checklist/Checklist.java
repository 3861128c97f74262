package dev.heph.model.checklist;

import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.TaskItem;
import dev.heph.model.text.BodyDiff;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Splice;
import dev.heph.model.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A text as people see it: where a checkbox has a mark of its own ({@link Mark}), that mark and not the character that was once typed.
 *
 * @param text the text under it
 * @param marks the mark of a character, if it was ever set
 */
public record Checklist(Text text, Function<CharId, Optional<String>> marks) {
    /** The list as it is before anybody has ticked anything, whatever was typed between the brackets. */
    public static Checklist fresh(Text text) {
        return new Checklist(text, character -> Optional.of(Box.EMPTY));
    }

    /** What is shown. It differs from the text in nothing but marks of checkboxes. */
    public String shown() {
        return read().text();
    }

    /**
     * A text as it is shown.
     *
     * @param boxes its checkboxes, in its order
     */
    public record Shown(String text, List<Box> boxes, Optional<Extraction> read) {
        /** All that is read from the text; from a text without checkboxes only when it is asked for. */
        public Extraction extraction() {
            return read.orElseGet(() -> Extraction.of(text));
        }
    }

    public Shown read() {
        return read(Extraction::of);
    }

    /** @param markdown reads a text as {@link Extraction#of} does */
    public Shown read(Function<String, Extraction> markdown) {
        String typed = text.toString();
        List<Box> boxes = new ArrayList<>();
        Optional<Extraction> read = mayHoldItems(typed) ? Optional.of(markdown.apply(typed)) : Optional.empty();
        List<TaskItem> items = read.map(Extraction::items).orElse(List.of());
        if (items.isEmpty()) {
            return new Shown(typed, boxes, read);
        }
        for (TaskItem item : items) {
            CharId character = text.idAt(item.markAt());
            boxes.add(new Box(character, marks.apply(character).orElse(item.mark()), item.text()));
        }
        String shown = marked(typed, items, at -> boxes.get(at).mark());
        return new Shown(shown, boxes, read.filter(any -> shown.equals(typed)));
    }

    /** A text with other marks in its checkboxes, which are {@code items}, in its order; nothing else changes. */
    public static String marked(String text, List<TaskItem> items, IntFunction<String> mark) {
        StringBuilder marked = new StringBuilder(text.length());
        int from = 0;
        for (int at = 0; at < items.size(); at++) {
            TaskItem item = items.get(at);
            marked.append(text, from, item.markAt()).append(mark.apply(at));
            from = item.markAt() + item.mark().length();
        }
        return marked.append(text, from, text.length()).toString();
    }

    /** Most texts hold none, and are not read for them: there is no bracket with one character in it behind a list's marker. */
    private static boolean mayHoldItems(String text) {
        for (int at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
            if ((text.startsWith("]", at + 2) || text.startsWith("]", at + 3)) && isAfterMarker(text, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAfterMarker(String text, int bracket) {
        int at = bracket - 1;
        while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at >= 0 && at < bracket - 1 && "-*+.)".indexOf(text.charAt(at)) >= 0;
    }

    /**
     * What a save changes.
     *
     * @param splices of the text itself
     * @param marks that were set by hand, of characters that stay
     */
    public record Saving(List<Splice> splices, Map<CharId, String> marks) {}

    /**
     * How {@link #shown} becomes {@code saved}: a box that was ticked or cleared is a new mark, all else a change of the text ("saving a body" in
     * docs/design/merge.md). Carried out on this text with these marks, exactly {@code saved} is shown.
     */
    public Saving saving(String saved) {
        String typed = text.toString();
        if (!mayHoldItems(typed) && (typed.isEmpty() || !mayHoldItems(saved))) {
            return new Saving(BodyDiff.between(typed, saved), Map.of());
        }
        Masked from = Masked.of(typed);
        Masked to = Masked.of(saved);
        List<Splice> changes = BodyDiff.between(from.text(), to.text());
        List<Splice> splices = new ArrayList<>(unmasked(changes, from, to, saved));
        Shift shift = new Shift(changes);
        Map<CharId, String> set = new LinkedHashMap<>();
        for (int item = 0; item < to.items().size(); item++) {
            TaskItem box = to.items().get(item);
            int before = shift.before(to.at(item));
            if (before != Shift.NEW) {
                int at = from.original(before);
                CharId id = text.idAt(at);
                String now = marks.apply(id).orElseGet(() -> Character.toString(typed.codePointAt(at)));
                if (!now.equals(box.mark())) {
                    set.put(id, box.mark());
                }
            }
        }
        for (int item = 0; item < from.items().size(); item++) {
            TaskItem box = from.items().get(item);
            int after = shift.after(from.at(item));
            boolean isNoBoxAnyMore = after != Shift.GONE && !to.isMark(after);
            if (isNoBoxAnyMore && !box.mark().equals(Masked.EMPTY)) {
                splices.add(new Splice(box.markAt(), box.mark().length(), Masked.EMPTY));
            }
        }
        splices.sort(Comparator.comparingInt(Splice::position));
        return new Saving(splices, set);
    }

    private static List<Splice> unmasked(List<Splice> changes, Masked from, Masked to, String saved) {
        List<Splice> splices = new ArrayList<>();
        int shift = 0;
        for (Splice change : changes) {
            int start = from.original(change.position());
            int end = from.original(change.position() + change.deleted());
            int inserted = change.position() + shift;
            splices.add(new Splice(start, end - start,
                    saved.substring(to.original(inserted), to.original(inserted + change.inserted().length()))));
            shift += change.inserted().length() - change.deleted();
        }
        return splices;
    }
}
