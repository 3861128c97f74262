package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Imported;
import java.util.List;
import java.util.Optional;

/** What a node is to others. */
public final class Tied {
    private static final String CONTEXT = "canonical-context";

    private final Replica replica;
    private final Tx tx;
    private final List<Op> change;

    private record Tag(OpId op, boolean alias) {}

    /** @param change what is being written */
    Tied(Replica replica, Tx tx, List<Op> change) {
        this.replica = replica;
        this.tx = tx;
        this.change = change;
    }

    /** Whether a document is the context of a task, if only by this very change. */
    public boolean toTask(Id document) {
        return change.stream().anyMatch(op -> op instanceof Op.LinkAdd(Op.Link link) && link.type().equals(CONTEXT) && link.dst().equals(document))
                || tx.first("SELECT 1 FROM link_tags WHERE space = ? AND dst = ? AND type = ?", row -> true, replica.space().num(), document, CONTEXT)
                        .isPresent();
    }

    /** What the file of a note said when it was last taken in by this device, as {@link Imported#lastBy}. @param shown what the note shows of that */
    public Optional<Imported.Taken> takenIn(Id note, Optional<Value> shown) {
        return new Imported(tx, replica.space(), replica.log()).lastBy(replica.device(), note, shown);
    }

    /** Whether it said this, as long as nobody has brought anything else since: fast, since nearly all files do. */
    public boolean isTakenIn(Id note, Value hash) {
        return tx.first("SELECT 1 FROM tips t JOIN devices d ON d.space = t.space AND d.num = t.device"
                        + " WHERE t.space = ? AND t.entity = ? AND t.facet = ? AND t.field = ? AND t.value = ? AND " + Imported.OWN, row -> true,
                replica.space().num(), note, Field.SOURCE_HASH.facet(), Field.SOURCE_HASH.name(), ValueCodec.encode(hash),
                replica.device().id(), replica.space().num(), replica.space().num()).isPresent();
    }

    /** Whether people had linked, tagged or renamed a node. The alias that an import left, since the file has another name, is none of theirs. */
    public boolean byPeople(Id id) {
        var imported = new Imported(tx, replica.space(), replica.log());
        return tx.all("SELECT d.id, l.seq, l.type FROM link_tags l JOIN devices d ON d.space = l.space AND d.num = l.device"
                                + " WHERE l.space = ? AND (l.src = ? OR l.dst = ?)",
                        row -> new Tag(new OpId(DeviceId.of(row.getBytes(1)), row.getLong(2)), row.getString(3).equals("alias")),
                        replica.space().num(), id, id)
                .stream()
                .anyMatch(tag -> !tag.alias() || !imported.wrote(tag.op(), id));
    }
}
