package dev.heph.store.log;

/** The unit of replication and isolation: its name on the wire and the number that begins every key of this database. */
public record Space(int num, String name) {
    /** The one space of a device; migration 1 makes its row. */
    public static final Space PERSONAL = new Space(1, dev.heph.model.op.Header.PERSONAL);
}
