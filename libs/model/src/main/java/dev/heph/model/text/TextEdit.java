package dev.heph.model.text;

import dev.heph.model.id.DeviceId;
import java.util.List;

/**
 * What one op does to one text, in terms of character names, so that it means the same wherever and whenever it arrives.
 * The runs use the client's clocks one after the other, from {@code clock} on. First all runs are placed, then the deletes
 * are marked with the op's id, then the undeletes.
 *
 * @param client the writer of the runs
 * @param clock  the clock of the first character of the first run
 */
public record TextEdit(long client, long clock, List<Run> runs, List<DeleteRange> deletes, List<Undelete> undeletes) {
    public TextEdit {
        CharId.requireClient(client);
        runs = List.copyOf(runs);
        deletes = List.copyOf(deletes);
        undeletes = List.copyOf(undeletes);
        long end = clock + runs.stream().mapToLong(Run::length).sum();
        if (clock < 0 || end < clock || end > CharId.MAX_CLOCK) {
            throw new TextException("the edit's clocks " + clock + " to " + end + " are out of range");
        }
    }

    /** How many characters it writes: the clocks it uses. */
    public long length() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    /**
     * Whether an edit by {@code author} takes back what an edit before did, as undo does: it writes nothing, and is the device's own. What people
     * save is by a client that follows from what it does, or a random one.
     */
    public boolean takesBack(DeviceId author) {
        return runs.isEmpty() && client == CharId.clientOf(author);
    }

    /** Whether it does nothing at all; such an edit is not worth an op. */
    public boolean isEmpty() {
        return runs.isEmpty() && deletes.isEmpty() && undeletes.isEmpty();
    }

    /**
     * The same edit as several, to be applied in this order, none of which takes more than about {@code maxBytes} on the wire:
     * first the runs, then the deletes and undeletes. An edit that is small enough is its own only piece.
     */
    public List<TextEdit> cut(int maxBytes) {
        return new Cutting(this, maxBytes).pieces();
    }
}
