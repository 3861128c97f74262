package dev.heph.model.register;

import java.util.Set;

/**
 * The name of a register within its entity: a facet (who owns the field: {@code node}, {@code task}, {@code source}, later
 * a module's) and the field.
 */
public record Field(String facet, String name) implements Comparable<Field> {
    public static final Field KIND = new Field("node", "kind");
    public static final Field TITLE = new Field("node", "title");
    public static final Field PARENT = new Field("node", "parent");
    public static final Field ATTENTION = new Field("task", "attention");
    public static final Field DO_DATE = new Field("task", "do_date");
    public static final Field LATE_ON = new Field("task", "late_on");
    public static final Field STATE = new Field("task", "state");
    public static final Field COMMITTED = new Field("task", "committed");
    public static final Field PROJECT = new Field("task", "project");

    /** How a task repeats, as {@code RecurrenceText} writes it, and what is to be done about dates that passed: a word of {@code Missed}. */
    public static final Field RECURRENCE = new Field("task", "recurrence");

    public static final Field MISSED = new Field("task", "missed");

    /** Of an occurrence: the task it is one of, its date on the wall, and when, on the wall, somebody was through with it. */
    public static final Field OCCURRENCE_OF = new Field("occurrence", "of");

    public static final Field OCCURRENCE_START = new Field("occurrence", "start");
    public static final Field OCCURRENCE_CLOSED = new Field("occurrence", "closed");

    /** Of an occurrence that somebody was through with: its list as it was then, as {@code KeptList} writes it. */
    public static final Field OCCURRENCE_LIST = new Field("occurrence", "list");

    /** The imported folder's name, the file's path in it, the hash of its bytes when last imported, and what of the body's edits is its text. */
    public static final Field SOURCE_VAULT = new Field("source", "vault");

    public static final Field SOURCE_PATH = new Field("source", "path");
    public static final Field SOURCE_HASH = new Field("source", "hash");
    public static final Field SOURCE_REV = new Field("source", "rev");

    /** The longest facet or name, in UTF-16 units. */
    public static final int MAX_LENGTH = 100;

    /** Fields whose races a person settles; elsewhere the winner is shown and the loser stays in the history. */
    public static final Set<Field> MEANINGFUL = Set.of(TITLE, PARENT, ATTENTION, DO_DATE, LATE_ON, STATE, RECURRENCE, PROJECT);

    public Field {
        if (facet.isEmpty() || name.isEmpty() || facet.length() > MAX_LENGTH || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a field needs a facet and a name of 1 to " + MAX_LENGTH + " letters each");
        }
    }

    @Override
    public int compareTo(Field other) {
        int byFacet = facet.compareTo(other.facet);
        return byFacet != 0 ? byFacet : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return facet + "." + name;
    }
}
