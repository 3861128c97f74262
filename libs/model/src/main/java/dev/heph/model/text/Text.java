package dev.heph.model.text;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.OpId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A text that replicas edit apart and that comes out equal on all of them: whatever the order in which edits arrive (each
 * after those it builds on) and however often. Not thread-safe; a cache of the log, rebuilt by applying its edits again.
 *
 * <p>Positions and lengths are UTF-16 units of the visible text, as in {@link String}; a surrogate pair is never split.
 * A character is visible as long as every delete that covers it was cancelled. Every method that refuses its arguments
 * throws {@link TextException} and leaves the text as it was.
 */
public final class Text {
    private final SortedMap<Long, Author> authors;
    private final Sequence sequence;

    public Text() {
        this(new TreeMap<>(), new Sequence());
    }

    Text(SortedMap<Long, Author> authors, Sequence sequence) {
        this.authors = authors;
        this.sequence = sequence;
    }

    /** The visible text. */
    @Override
    public String toString() {
        StringBuilder visible = new StringBuilder(sequence.visible());
        for (Item item = sequence.first(); item != null; item = item.next) {
            if (!item.marks.hidden()) {
                item.author.appendTo(visible, item);
            }
        }
        return visible.toString();
    }

    /** Length of the visible text. */
    public int length() {
        return sequence.visible();
    }

    /** Length of the visible text in code points, as those count who do not count UTF-16 units. */
    public int characters() {
        return sequence.characters();
    }

    /** The position behind the first {@code characters} code points of the visible text. */
    public int unitsOf(int characters) {
        if (characters < 0 || characters > characters()) {
            throw new TextException("character " + characters + " is outside the text, which has " + characters());
        }
        return sequence.unitsOf(characters);
    }

    /** A local edit at one place, applied under {@code op}; see {@link #edit}. */
    public TextEdit splice(OpId op, long client, int position, int deleted, String inserted) {
        return edit(op, client, List.of(new Splice(position, deleted, inserted)));
    }

    /**
     * A local edit, applied under {@code op}: all splices of one save as one edit. Nobody else may write as {@code client}.
     *
     * @param splices ascending, not overlapping, with positions in the text as it is now
     * @return what to send to the other replicas; empty if the splices do nothing, and then no op is needed
     */
    public TextEdit edit(OpId op, long client, List<Splice> splices) {
        TextEdit edit = plan(client, splices);
        apply(op, edit);
        return edit;
    }

    /** What {@link #edit} would apply and return; changes nothing. For an edit too large for one op, see {@link TextEdit#cut}. */
    public TextEdit plan(long client, List<Splice> splices) {
        return new Draft(sequence).edit(client, nextClock(client), splices);
    }

    /**
     * Applies an edit made here or elsewhere under the id of its op. Applying it again changes nothing.
     *
     * @throws MissingOrigin if it builds on characters that are not here yet
     * @throws TextException if it contradicts this text: other characters under the same ids, neighbours out of order
     */
    public void apply(OpId op, TextEdit edit) {
        write(edit);
        for (DeleteRange range : edit.deletes()) {
            mark(range, marks -> marks.deleted(op));
        }
        for (Undelete undelete : edit.undeletes()) {
            mark(undelete.range(), marks -> marks.cancelled(undelete.cancelled()));
        }
    }

    /** What an op deleted stays for somebody who wrote it as well, and of whom that op knew nothing. Both were applied before; again changes nothing. */
    public void spare(Spared spared) {
        mark(spared.range(), marks -> marks.spared(spared.delete(), spared.writer()));
    }

    /** The clock of the next character that {@code client} writes; 0 for a new one. */
    public long nextClock(long client) {
        Author author = authors.get(client);
        return author == null ? 0 : author.next();
    }

    /** Whether all characters of a range would be hidden without what {@code op} deleted. */
    public boolean isDeletedBesides(OpId op, DeleteRange range) {
        Author author = authors.get(range.client());
        for (int clock = (int) range.clock(); clock < range.end(); clock = author.at(clock).end()) {
            if (!author.at(clock).marks.cancelled(op).hidden()) {
                return false;
            }
        }
        return true;
    }

    /** Whether all characters of a range are covered by what a device deleted and did not bring back. */
    public boolean isDeletedBy(DeviceId device, DeleteRange range) {
        Author author = authors.get(range.client());
        for (int clock = (int) range.clock(); clock < range.end(); clock = author.at(clock).end()) {
            if (author.at(clock).marks.list().stream().noneMatch(mark -> !mark.cancelled() && mark.op().device().equals(device))) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing that {@code client} wrote is deleted. */
    public boolean showsAllOf(long client) {
        Author author = authors.get(client);
        return author == null || author.showsAll();
    }

    /** What this text holds of every client: the client and its next clock. */
    public Map<Long, Long> clocks() {
        Map<Long, Long> clocks = new TreeMap<>();
        authors.forEach((client, author) -> clocks.put(client, (long) author.next()));
        return clocks;
    }

    /** What this text holds that one with these {@link #clocks} may lack: applied there, it holds all that this one does. */
    public Difference since(Map<Long, Long> clocks) {
        return Difference.of(authors, sequence, clocks);
    }

    /**
     * Applies what another text holds that this one lacks, as asked for with the {@link #clocks} that it has now.
     *
     * @throws TextException as {@link #apply(OpId, TextEdit)} does; edits before the one that is refused stay applied
     */
    public void apply(Difference difference) {
        difference.written().forEach(this::write);
        difference.deleted().forEach(this::apply);
        difference.spared().forEach(this::spare);
    }

    /** The name of the visible character at a position. */
    public CharId idAt(int position) {
        if (position < 0 || position >= length()) {
            throw new TextException("no character is at " + position + " of a text of " + length() + " units");
        }
        Sequence.Spot spot = sequence.find(position);
        return spot.item().id(spot.item().offsetAt(spot.unit()));
    }

    /** Where a character stands or, if it is deleted, would stand. */
    public Place positionOf(CharId id) {
        if (id.clock() >= nextClock(id.client())) {
            throw new TextException("character " + id + " is not in this text");
        }
        Item item = item(id);
        int start = sequence.positionOf(item);
        return item.marks.hidden()
                ? new Place(start, false)
                : new Place(start + item.unitsBefore((int) id.clock() - item.clock), true);
    }

    /** The whole state, deleted text included, in a compact form of this version; equal for equal states. */
    public byte[] save() {
        return SavedText.save(authors, sequence);
    }

    /**
     * The text that {@link #save} wrote.
     *
     * @throws TextException if the bytes are damaged or of another version; rebuild the text from its edits then
     */
    public static Text load(byte[] saved) {
        return SavedText.load(saved);
    }

    /** An independent text of the same state. */
    public Text copy() {
        return load(save());
    }

    Sequence sequence() {
        return sequence;
    }

    /** The item that holds a character of this text. */
    Item item(CharId id) {
        return authors.get(id.client()).at((int) id.clock());
    }

    private void write(TextEdit edit) {
        requireArrived(edit);
        if (!holds(edit)) {
            integrate(edit);
        }
    }

    private void requireArrived(TextEdit edit) {
        if (!edit.runs().isEmpty() && edit.clock() > nextClock(edit.client())) {
            throw new MissingOrigin(new CharId(edit.client(), nextClock(edit.client())));
        }
        // An edit that writes nothing brings no characters, whatever clock it names.
        long clock = edit.runs().isEmpty() ? 0 : edit.clock();
        for (Run run : edit.runs()) {
            requireArrived(run.left(), edit.client(), clock);
            requireArrived(run.right(), edit.client(), clock);
            clock += run.length();
        }
        for (DeleteRange range : edit.deletes()) {
            requireArrived(range, edit.client(), clock);
        }
        for (Undelete undelete : edit.undeletes()) {
            requireArrived(undelete.range(), edit.client(), clock);
        }
    }

    /** A neighbour is in the text already or was written by the same edit, whose characters end before {@code clock}. */
    private void requireArrived(CharId neighbour, long client, long clock) {
        if (neighbour != null) {
            requireArrived(new DeleteRange(neighbour.client(), neighbour.clock(), 1), client, clock);
        }
    }

    private void requireArrived(DeleteRange range, long client, long clock) {
        long arrived = nextClock(range.client());
        if (range.client() == client) {
            arrived = Math.max(arrived, clock);
        }
        if (range.end() > arrived) {
            throw new MissingOrigin(new CharId(range.client(), Math.max(arrived, range.clock())));
        }
    }

    /** Whether the edit's characters are here already. */
    private boolean holds(TextEdit edit) {
        if (edit.runs().isEmpty()) {
            return true;
        }
        Author author = authors.get(edit.client());
        if (author == null || edit.clock() == author.next()) {
            return false;
        }
        int clock = (int) edit.clock();
        for (Run run : edit.runs()) {
            if (clock >= author.next() || !holds(author, clock, run)) {
                throw new TextException("this text holds other characters than the edit under the ids from "
                        + new CharId(edit.client(), clock) + " on");
            }
            clock += run.length();
        }
        return true;
    }

    private static boolean holds(Author author, int clock, Run run) {
        Item item = author.at(clock);
        int offset = clock - item.clock;
        return author.wrote(item.from + item.unitsBefore(offset), run.text())
                && Objects.equals(item.leftOf(offset), run.left())
                && Objects.equals(item.right, run.right());
    }

    private void integrate(TextEdit edit) {
        Author author = authors.computeIfAbsent(edit.client(), Author::new);
        int clock = author.next();
        int units = author.units();
        try {
            edit.runs().forEach(run -> integrate(author, run));
        } catch (TextException refused) {
            author.retract(clock, units, sequence);
            if (clock == 0) {
                authors.remove(edit.client());
            }
            throw refused;
        }
    }

    private void integrate(Author author, Run run) {
        // The right one first: were it in front of the left one, it would cut the left one's item off its end.
        Item right = run.right() == null ? null : startingAt(run.right());
        Item left = run.left() == null ? null : endingAt(run.left());
        if (left != null && right != null && !sequence.before(left, right)) {
            throw new TextException("a run between " + run.left() + " and " + run.right() + " has no place: the left one"
                    + " does not stand before the right one");
        }
        Item place = Integration.place(this, run, author.client, left, right);
        int clock = author.next();
        int from = author.units();
        int length = author.write(run.text());
        int units = author.units() - from;
        if (place != null && place.marks == Marks.NONE && place.continues(author, clock, run.left(), run.right())) {
            sequence.extend(place, length, units);
        } else {
            Item item = new Item(author, clock, from, length, units, run.left(), run.right(), Marks.NONE);
            author.add(item);
            sequence.insertAfter(place, item);
        }
    }

    private Item startingAt(CharId id) {
        Item item = item(id);
        return item.clock == id.clock() ? item : sequence.split(item, (int) id.clock() - item.clock);
    }

    private Item endingAt(CharId id) {
        Item item = item(id);
        if (item.end() - 1 > id.clock()) {
            sequence.split(item, (int) id.clock() + 1 - item.clock);
        }
        return item;
    }

    /** Changes the marks of every character of the range, splitting only items whose marks really change. */
    private void mark(DeleteRange range, UnaryOperator<Marks> change) {
        Author author = authors.get(range.client());
        int end = (int) range.end();
        Marks before = null;
        Marks after = null;
        for (int clock = (int) range.clock(); clock < end; ) {
            Item item = author.at(clock);
            int stop = Math.min(end, item.end());
            if (item.marks != before) {
                before = item.marks;
                after = change.apply(before);
            }
            if (after != before) {
                if (item.clock < clock) {
                    item = sequence.split(item, clock - item.clock);
                }
                if (item.end() > stop) {
                    sequence.split(item, stop - item.clock);
                }
                sequence.mark(item, after);
            }
            clock = stop;
        }
    }
}
