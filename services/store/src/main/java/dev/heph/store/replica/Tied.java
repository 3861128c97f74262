package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Imported;

/** Whether people have linked, tagged or renamed a node. The alias that an import left, since the file has another name, is none of theirs. */
record Tied(Replica replica, Tx tx) {
    private record Tag(OpId op, boolean alias) {}

    boolean is(Id id) {
        var imported = new Imported(tx, replica.space(), replica.log());
        return tx.all("SELECT d.id, l.seq, l.type FROM link_tags l JOIN devices d ON d.space = l.space AND d.num = l.device"
                                + " WHERE l.space = ? AND (l.src = ? OR l.dst = ?)",
                        row -> new Tag(new OpId(DeviceId.of(row.getBytes(1)), row.getLong(2)), row.getString(3).equals("alias")),
                        replica.space().num(), id, id)
                .stream()
                .anyMatch(tag -> !tag.alias() || !imported.wrote(tag.op(), id));
    }
}
