package dev.heph.store.view;

import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.op.OpId;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.model.text.Region;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.TextRaces;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be settled about an entity, and what each side says. A function of its facts, like every view. */
final class Conflicts {
    private final Tx tx;
    private final Space space;
    private final SqlFacts facts;
    private final Parents parents;
    private Optional<Boolean> exist = Optional.empty();

    Conflicts(Tx tx, Space space, SqlFacts facts) {
        this.tx = tx;
        this.space = space;
        this.facts = facts;
        this.parents = new Parents(tx, space, facts);
    }

    /** @param value what it says there, or what of a node it did */
    private record Side(OpId op, Value value) {}

    private record Shown(Conflict conflict, Optional<Region> region, List<Side> sides) {}

    void refresh(Id id, Map<Field, Register> registers) {
        refresh(id, registers, facts.tombstones(id));
    }

    void refresh(Id id, Map<Field, Register> registers, List<OpId> tombstones) {
        List<Shown> now = new ArrayList<>();
        if (tombstones.isEmpty()) {
            registers.forEach((field, register) -> Conflict.ofField(id, field, register).ifPresent(conflict -> now.add(ofField(conflict, register))));
            Conflict.ofText(id, Views.BODY, open(id, registers)).forEach(conflict -> ofText(conflict).ifPresent(now::add));
            if (registers.containsKey(Field.PARENT)) {
                parents.ringAt(id).ifPresent(ring -> now.add(ofCycle(id, ring)));
            }
        } else {
            Conflict.ofDelete(id, tombstones, edits(id, registers, tombstones), facts::saw)
                    .ifPresent(conflict -> now.add(ofDelete(conflict, tombstones)));
        }
        if (exist()) {
            tx.all("SELECT id FROM conflicts WHERE space = ? AND entity = ?", row -> Id.of(row.getBytes(1)), space.num(), id).forEach(this::remove);
        }
        now.forEach(this::add);
    }

    /** Mostly there are none, and no entity need be asked for. */
    private boolean exist() {
        if (exist.isEmpty()) {
            exist = Optional.of(tx.first("SELECT 1 FROM conflicts WHERE space = ? LIMIT 1", row -> true, space.num()).orElse(false));
        }
        return exist.get();
    }

    /** Who writes into the context of a deleted task disagrees with its deletion. */
    void refreshOwner(Id context) {
        tx.all("SELECT src FROM link_tags WHERE space = ? AND dst = ? AND type = 'canonical-context'", row -> Id.of(row.getBytes(1)), space.num(), context)
                .stream()
                .filter(owner -> !facts.tombstones(owner).isEmpty())
                .forEach(owner -> refresh(owner, facts.registers(owner)));
    }

    /** The races of a text that nobody said are settled. */
    private List<Race> open(Id id, Map<Field, Register> registers) {
        return facts.races(id, Views.BODY).stream()
                .filter(race -> !registers.getOrDefault(Conflict.settled(id, Views.BODY, race), Register.EMPTY).value().flatMap(Value::asBool).orElse(false))
                .toList();
    }

    private static Shown ofField(Conflict conflict, Register register) {
        return new Shown(conflict, Optional.empty(), register.tips().reversed().stream()
                .filter(tip -> conflict.ops().contains(tip.op()))
                .map(tip -> new Side(tip.op(), tip.value()))
                .toList());
    }

    private static Shown ofCycle(Id id, Parents.Ring ring) {
        Conflict conflict = Conflict.ofCycle(id, ring.moves().values().stream().map(Write::op).toList());
        return new Shown(conflict, Optional.empty(), ring.moves().entrySet().stream()
                .map(move -> new Side(move.getValue().op(), new Value.Ref(move.getKey())))
                .toList());
    }

    private static Shown ofDelete(Conflict conflict, List<OpId> tombstones) {
        return new Shown(conflict, Optional.empty(), conflict.ops().stream()
                .map(op -> new Side(op, tombstones.contains(op) ? Conflict.DELETED : Conflict.EDITED))
                .toList());
    }

    private Optional<Shown> ofText(Conflict conflict) {
        return new TextRaces(tx, facts).of(conflict, facts.checklist(conflict.entity(), Views.BODY)).map(found -> {
            List<Side> sides = new ArrayList<>();
            for (int at = 0; at < found.sides().sides().size(); at++) {
                sides.add(new Side(found.sides().sides().get(at).op(), Value.text(found.region().sides().get(at))));
            }
            return new Shown(conflict, Optional.of(found.now()), sides);
        });
    }

    /** What people would miss of a deleted node; what is written into its context is written about a task. */
    private List<OpId> edits(Id id, Map<Field, Register> registers, List<OpId> tombstones) {
        List<OpId> edits = new ArrayList<>();
        for (Id text : texts(id)) {
            facts.version(text, Views.BODY).seqs().keySet().forEach(device -> unseen("text.edit", text, device, tombstones).ifPresent(edits::add));
        }
        tx.all("SELECT DISTINCT d.id FROM entries e JOIN devices d ON d.space = e.space AND d.num = e.device WHERE e.space = ? AND e.entity = ?",
                        row -> DeviceId.of(row.getBytes(1)), space.num(), id)
                .forEach(device -> unseen("log.append", id, device, tombstones).ifPresent(edits::add));
        registers.forEach((field, register) -> {
            if (Field.MEANINGFUL.contains(field)) {
                register.tips().stream().filter(tip -> !tip.initial()).map(Write::op).forEach(edits::add);
            }
        });
        return edits;
    }

    /** The first that nobody saw who deleted it: what its author did later, knowing of the delete, does not make up for it. */
    private Optional<OpId> unseen(String type, Id target, DeviceId device, List<OpId> tombstones) {
        return facts.firstAfter(type, target, device, tombstones.stream().mapToLong(tombstone -> facts.seen(tombstone, device)).max().orElse(0));
    }

    /** Its own, and that of its context if it has one: as {@link #refreshOwner} sees it, so that it does not matter which comes first. */
    private List<Id> texts(Id id) {
        Id context = DerivedId.canonicalContext(id);
        return tx.first("SELECT 1 FROM link_tags WHERE space = ? AND src = ? AND dst = ? AND type = 'canonical-context'", row -> true, space.num(), id, context)
                .map(has -> List.of(id, context)).orElse(List.of(id));
    }

    private void remove(Id conflict) {
        tx.run("DELETE FROM conflicts WHERE space = ? AND id = ?", space.num(), conflict);
        tx.run("DELETE FROM sides WHERE space = ? AND conflict = ?", space.num(), conflict);
    }

    private void add(Shown shown) {
        exist = Optional.of(true);
        Conflict conflict = shown.conflict();
        tx.run("INSERT INTO conflicts (space, id, entity, kind, facet, field, base, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                space.num(), conflict.id(), conflict.entity(), conflict.kind().word(), conflict.field().facet(), conflict.field().name(),
                shown.region().map(Region::base).orElse(null), shown.region().map(Region::merged).orElse(null));
        for (int at = 0; at < shown.sides().size(); at++) {
            Side side = shown.sides().get(at);
            tx.run("INSERT INTO sides (space, conflict, ordinal, device, seq, value) VALUES (?, ?, ?, ?, ?, ?)",
                    space.num(), conflict.id(), at, facts.device(side.op()), side.op().seq(), ValueCodec.encode(side.value()));
        }
    }
}
