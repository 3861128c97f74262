package dev.heph.store.view;

import dev.heph.model.checklist.Box;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.List;

/** The checkboxes of bodies, each under the id that it keeps when it is promoted. */
final class Boxes {
    private final Tx tx;
    private final Space space;

    Boxes(Tx tx, Space space) {
        this.tx = tx;
        this.space = space;
    }

    void replace(Id entity, List<Box> boxes) {
        tx.run("DELETE FROM boxes WHERE space = ? AND entity = ?", space.num(), entity);
        for (int ordinal = 0; ordinal < boxes.size(); ordinal++) {
            Box box = boxes.get(ordinal);
            Id id = DerivedId.item(entity, box.character().client(), box.character().clock());
            tx.run("INSERT INTO boxes (space, entity, ordinal, id, tail, character, mark, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    space.num(), entity, ordinal, id, Tail.of(id), box.character().toString(), box.mark(), box.text());
        }
    }

    /** The tasks that checkboxes of this body were promoted to. */
    List<Id> promoted(Id entity) {
        return tx.all("SELECT b.id FROM boxes b JOIN tasks t ON t.space = b.space AND t.id = b.id WHERE b.space = ? AND b.entity = ?",
                row -> Id.of(row.getBytes(1)), space.num(), entity);
    }

    /** Whether the checkbox that a task was promoted from is ticked. */
    boolean isTicked(Id task) {
        return tx.first("SELECT mark FROM boxes WHERE space = ? AND tail = ?", row -> Box.isDone(row.getString(1)), space.num(), Tail.of(task))
                .orElse(false);
    }
}
