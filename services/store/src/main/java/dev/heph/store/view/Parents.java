package dev.heph.store.view;

import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.log.Space;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In what a node is shown to be. Moves are never refused, so what two devices moved into each other is a ring; there the latest move
 * is shown undone and a conflict names it ("rings" in docs/design/merge.md).
 */
final class Parents {
    private final Tx tx;
    private final Space space;
    private final SqlFacts facts;

    Parents(Tx tx, Space space, SqlFacts facts) {
        this.tx = tx;
        this.space = space;
        this.facts = facts;
    }

    /** In which node this one is shown; nothing for one that is in none, or shown out of its ring. */
    Optional<Id> shown(Id id) {
        return said(id).filter(parent -> ring(id).flatMap(Ring::detached).filter(id::equals).isEmpty());
    }

    /** The ring that a node is shown out of. */
    Optional<Ring> ringAt(Id id) {
        return ring(id).filter(ring -> ring.detached().equals(Optional.of(id)));
    }

    /** Others that may be shown elsewhere after a node was touched: out of a ring that it is in now, or was in before. */
    Set<Id> affected(Id id) {
        Set<Id> affected = new LinkedHashSet<>(tx.all("SELECT DISTINCT c.entity FROM conflicts c"
                        + " JOIN sides s ON s.space = c.space AND s.conflict = c.id"
                        + " JOIN ops o ON o.space = s.space AND o.device = s.device AND o.seq = s.seq AND o.target = ?"
                        + " WHERE c.space = ? AND c.kind = ?",
                row -> Id.of(row.getBytes(1)), id, space.num(), Conflict.Kind.CYCLE.word()));
        ring(id).flatMap(Ring::detached).ifPresent(affected::add);
        affected.remove(id);
        return affected;
    }

    /** @param moves what put each of them into the next one */
    record Ring(Map<Id, Write> moves) {
        Optional<Id> detached() {
            return moves.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        }
    }

    private Optional<Ring> ring(Id id) {
        Map<Id, Write> moves = new LinkedHashMap<>();
        Optional<Id> at = Optional.of(id);
        while (at.isPresent() && !moves.containsKey(at.get())) {
            Id member = at.get();
            at = said(member);
            if (at.isPresent()) {
                moves.put(member, facts.register(member, Field.PARENT).tips().getLast());
            }
        }
        // It may lead into a ring without being a part of it.
        return at.equals(Optional.of(id)) ? Optional.of(new Ring(moves)) : Optional.empty();
    }

    /** What is deleted is in nothing. */
    private Optional<Id> said(Id id) {
        return facts.register(id, Field.PARENT).value().flatMap(Value::asRef).filter(parent -> facts.tombstones(id).isEmpty());
    }
}
