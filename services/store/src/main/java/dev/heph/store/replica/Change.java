package dev.heph.store.replica;

import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.merge.Race;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Author;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.TextHistory;
import dev.heph.store.facts.TextRaces;
import dev.heph.store.view.Tail;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One action of the user being composed: reads the facts, collects ops, and at {@link #commit} writes them all or none. What changes nothing adds no op. */
public final class Change {
    private final Replica replica;
    private final Tx tx;
    private final SqlFacts facts;
    private final TextSaves texts;
    private final Author author;
    private final Id action;
    private final boolean last;
    private final TextClients clients;
    private final List<Op> ops = new ArrayList<>();
    private final Set<Id> created = new HashSet<>();
    private final Map<Name, Id> madeNow = new HashMap<>();
    private final Map<Place, Write> written = new HashMap<>();
    private final Set<Id> restored = new HashSet<>();
    private Function<Id, Optional<Id>> occurrences = id -> Optional.empty();

    private record Name(Kind kind, String folded) {}

    private record Place(Id id, Field field) {}

    Change(Replica replica, Tx tx, SqlFacts facts, Author author, Id action, boolean last) {
        this.replica = replica;
        this.tx = tx;
        this.facts = facts;
        this.author = author;
        this.action = action;
        this.last = last;
        this.clients = new TextClients(replica);
        this.texts = new TextSaves(this, facts, new TextHistory(tx, replica.log()), new FormerNames(replica, tx), author, clients, ops);
    }

    private int space() {
        return replica.space().num();
    }

    /** A fresh id for a new node. */
    public Id mint() {
        Id id = replica.mint();
        facts.minted(id);
        texts.minted(id);
        return id;
    }

    public boolean isEmpty() {
        return ops.isEmpty();
    }

    /** How many ops it has so far. */
    public int size() {
        return ops.size();
    }

    /** Whether an entity was created, before or by this change, tombstoned or not. */
    public boolean exists(Id id) {
        return created.contains(id) || facts.register(id, Field.KIND).value().isPresent();
    }

    /** Whether this very change creates it. */
    public boolean isCreated(Id id) {
        return created.contains(id);
    }

    public boolean isTombstoned(Id id) {
        return !facts.tombstones(id).isEmpty();
    }

    /** Whether an entity is deleted and stays so. */
    public boolean isGone(Id id) {
        return isTombstoned(id) && !restored.contains(id);
    }

    /** The oldest visible node of this kind with this (folded) title, or the one that this change makes. */
    public Optional<Id> named(Kind kind, String folded) {
        Id made = madeNow.get(new Name(kind, folded));
        return made != null ? Optional.of(made) : tx.first("SELECT n.id FROM names m JOIN nodes n ON n.space = m.space AND n.id = m.entity"
                        + " WHERE m.space = ? AND m.folded = ? AND m.rank = 0 AND n.kind = ? ORDER BY n.created, n.id LIMIT 1",
                row -> Id.of(row.getBytes(1)), space(), folded, kind.word());
    }

    /** The one visible node of this kind that has this (folded) name as another name; empty when there are several. */
    public Optional<Id> alsoCalled(Kind kind, String folded) {
        List<Id> called = tx.all("SELECT DISTINCT n.id FROM names m JOIN nodes n ON n.space = m.space AND n.id = m.entity"
                        + " WHERE m.space = ? AND m.folded = ? AND m.rank = 2 AND n.kind = ? LIMIT 2",
                row -> Id.of(row.getBytes(1)), space(), folded, kind.word());
        return called.size() == 1 ? Optional.of(called.getFirst()) : Optional.empty();
    }

    /** The title of the task whose id ends so. */
    public Optional<String> taskWithEnd(String text) {
        return Tail.ofEnd(text).flatMap(tail -> tx.first("SELECT title FROM nodes WHERE space = ? AND tail >= ? AND tail < ? AND kind = 'task'"
                + " AND tombstoned = 0 LIMIT 1", row -> row.getString(1), space(), tail, tail + "~"));
    }

    /** What nodes are to others. */
    public Tied tied() {
        return new Tied(replica, tx, ops);
    }

    /** The node that was imported from this file, deleted or not. */
    public Optional<Id> importedFrom(String vault, String path) {
        return tx.first("SELECT id FROM nodes WHERE space = ? AND vault = ? AND path = ? ORDER BY tombstoned, created, id LIMIT 1",
                row -> Id.of(row.getBytes(1)), space(), vault, path);
    }

    /** What a register shows, with what this change has written. */
    public Optional<Value> value(Id id, Field field) {
        return register(id, field).value();
    }

    /** The entities of which this very change sets a register. */
    public Set<Id> setting(Field field) {
        return ops.stream().filter(op -> op instanceof Op.NodeSet set && set.field().equals(field)).map(Op::target).collect(Collectors.toSet());
    }

    public void create(Id id, SortedMap<Field, Value> fields) {
        created.add(id);
        fields.forEach((field, value) -> write(id, field, value, true));
        Optional<Kind> kind = text(fields, Field.KIND).flatMap(Kind::of);
        kind.ifPresent(of -> text(fields, Field.TITLE).ifPresent(title -> madeNow.putIfAbsent(new Name(of, NameFold.fold(title)), id)));
        ops.add(new Op.NodeCreate(id, fields));
    }

    private static Optional<String> text(Map<Field, Value> fields, Field field) {
        return Optional.ofNullable(fields.get(field)).flatMap(Value::asText);
    }

    /** Forgets what was added since it had {@code size} ops: a part that cannot be carried out leaves nothing behind. */
    public void backTo(int size) {
        long first = author.nextOp(size).seq();
        written.values().removeIf(write -> write.op().seq() >= first);
        List<Op> gone = ops.subList(size, ops.size());
        gone.forEach(op -> {
            created.remove(op.target());
            restored.remove(op.target());
            madeNow.values().remove(op.target());
        });
        gone.clear();
    }

    /** What a node's log holds. */
    public Set<String> entries(Id id) {
        return Set.copyOf(tx.all("SELECT text FROM entries WHERE space = ? AND entity = ?", row -> row.getString(1), space(), id));
    }

    /** Whether a link by this (folded) name could lead to another node than these. */
    public boolean isNamed(String folded, List<Id> others) {
        return tx.all("SELECT entity FROM names WHERE space = ? AND folded = ? AND rank < 3", row -> Id.of(row.getBytes(1)), space(), folded).stream()
                .anyMatch(entity -> !others.contains(entity));
    }

    /**
     * A wiki link or embed that leads to a node by a title.
     *
     * @param ordinal which of its text's links
     */
    public record Reference(Id src, int ordinal) {}

    /** What leads to one of these nodes by this (folded) name alone, without a path; text by text. */
    public List<Reference> references(List<Id> nodes, String folded) {
        return nodes.stream()
                .flatMap(node -> tx.all("SELECT r.src, r.ordinal FROM refs r JOIN nodes n ON n.space = r.space AND n.id = r.src AND n.tombstoned = 0"
                                + " WHERE r.space = ? AND r.dst = ? AND r.folded = ? AND r.type IN ('wiki', 'embed') AND instr(r.target, '/') = 0"
                                + " ORDER BY n.num, r.ordinal",
                        row -> new Reference(Id.of(row.getBytes(1)), row.getInt(2)), space(), node, folded).stream())
                .toList();
    }

    /**
     * A checkbox.
     *
     * @param entity in whose body it stands
     */
    public record BoxOf(Id entity, Box box) {}

    /** The checkbox of this id, if it stands in a body. */
    public Optional<BoxOf> box(Id id) {
        return tx.first("SELECT entity, character, mark, text FROM boxes WHERE space = ? AND tail = ?",
                row -> new BoxOf(Id.of(row.getBytes(1)), new Box(Mark.character(row.getString(2)).orElseThrow(), row.getString(3), row.getString(4))),
                space(), Tail.of(id));
    }

    /** Marks a checkbox; a mark that it shows already is no change. */
    public void mark(BoxOf of, String mark) {
        Optional<Id> occurrence = occurrences.apply(of.entity());
        Field field = Mark.field(of.box().character(), occurrence);
        String now = occurrence.isEmpty() ? of.box().mark() : Mark.of(value(of.entity(), field)).orElse(Box.EMPTY);
        if (!now.equals(mark)) {
            set(of.entity(), field, Value.text(mark));
        }
    }

    /** The list of an occurrence, in the document that is its template. */
    public List<Box> list(Id document, Id occurrence) {
        return facts.checklist(document, occurrence).read().boxes();
    }

    /** A text as it is shown. */
    public String text(Id id, String field) {
        return checklist(id, field).shown();
    }

    Checklist checklist(Id id, String field) {
        return (field.equals(Views.BODY) ? ticked(id) : Optional.<Id>empty())
                .map(occurrence -> facts.checklist(id, occurrence))
                .orElseGet(() -> facts.checklist(id, field));
    }

    /** The occurrence in which a document is ticked, of a recurring task. */
    Optional<Id> ticked(Id document) {
        return occurrences.apply(document);
    }

    /** Says in which occurrence of a recurring task its context document is ticked; others are ticked once. */
    public Change ticking(Function<Id, Optional<Id>> occurrences) {
        this.occurrences = occurrences;
        return this;
    }

    /** Writes a register, unless it shows that value already and nobody disagrees. */
    public void set(Id id, Field field, Value value) {
        Register register = register(id, field);
        boolean same = register.value().equals(Optional.of(value)) || value.equals(Value.NONE) && register.value().isEmpty();
        if (!same || register.contested() || field.facet().equals(Field.SOURCE_HASH.facet())) { // that this device has it from its file, too
            write(id, field, value, false);
            ops.add(new Op.NodeSet(id, field, value, register.seen()));
        }
    }

    /** As it will be after what this change has written so far. */
    private Register register(Id id, Field field) {
        Write own = written.get(new Place(id, field));
        return own == null ? facts.register(id, field) : new Register(List.of(own));
    }

    private void write(Id id, Field field, Value value, boolean initial) {
        written.put(new Place(id, field), new Write(author.nextOp(ops.size()), Hlc.ZERO, value, initial));
    }

    public void link(Op.Link link) {
        if (facts.tags(link).isEmpty()) {
            ops.add(new Op.LinkAdd(link));
        }
    }

    public void unlink(Op.Link link) {
        List<OpId> seen = facts.tags(link);
        if (!seen.isEmpty()) {
            ops.add(new Op.LinkRemove(link, seen));
        }
    }

    public void tombstone(Id id) {
        if (!isTombstoned(id)) {
            ops.add(new Op.Tombstone(id));
        }
    }

    /** Deletes again what is deleted, now knowing of all that was done with it. */
    public void tombstoneAgain(Id id) {
        ops.add(new Op.Tombstone(id));
    }

    /** A conflict that is open, and what its sides say. */
    public record Disagreement(Id entity, String kind, Field field, List<Value> sides) {}

    public Optional<Disagreement> conflict(Id id) {
        List<Value> sides = tx.all("SELECT value FROM sides WHERE space = ? AND conflict = ? ORDER BY ordinal",
                row -> ValueCodec.decode(row.getBytes(1)), space(), id);
        return tx.first("SELECT entity, kind, facet, field FROM conflicts WHERE space = ? AND id = ?",
                row -> new Disagreement(Id.of(row.getBytes(1)), row.getString(2), new Field(row.getString(3), row.getString(4)), sides), space(), id);
    }

    /** What stands against each other in a conflict about a text. @param version in which somebody saw the text; empty: as it is now */
    public Optional<TextRaces.Found> sides(Conflict conflict, Optional<Version> version) {
        return new TextRaces(tx, facts).of(conflict, texts.at(conflict.entity(), conflict.field().name(), version));
    }

    /** The races of a text that are not settled by an edit. */
    public List<Race> races(Id id, String field) {
        return facts.races(id, field).stream().filter(race -> !race.settled()).toList();
    }

    /** As {@link #save}, of a text as it was at a version; but whoever does it has seen what came since, and wants it kept. */
    public void rework(Id id, String field, Version version, String saved) {
        texts.rework(id, field, version, saved);
    }

    public void restore(Id id) {
        List<OpId> seen = facts.tombstones(id);
        if (!seen.isEmpty() && restored.add(id)) {
            ops.add(new Op.Restore(id, seen));
        }
    }

    /** Adds an entry to a node's log. */
    public void append(Op.LogAppend entry) {
        ops.add(entry);
    }

    /**
     * Adds what takes another op of this device back, unless somebody changed since what it did.
     *
     * @param whole what is taken back along with it
     * @param kept where to put what is not taken back
     */
    void takeBack(Undo.Done done, Undo.Whole whole, Set<Kept> kept) {
        new Inverse(replica, tx, facts, clients, whole, kept).of(done.id(), done.op()).stream()
                .filter(op -> !ops.contains(op)) // the sides of what was settled are settled once
                .forEach(ops::add);
    }

    /** The version of a text now. */
    public Version version(Id id, String field) {
        return facts.version(id, field);
    }

    /**
     * Saves a whole text that was edited from the version {@code base} ("saving a body" in docs/design/merge.md).
     *
     * @return the version after the save
     */
    public Version save(Id id, String field, String saved, Optional<Version> base) {
        return texts.save(id, field, saved, base);
    }

    /** What {@link #save} would make of a text; nothing is added. @param place in {@code saved}, in UTF-16 units */
    public Look look(Id id, String field, String saved, Optional<Version> base, int place) {
        return texts.look(id, field, saved, base, place);
    }

    /** A text as it stood elsewhere when it was last taken in from there. */
    public Checklist elsewhere(Id id, String field, Branch branch) {
        return texts.elsewhere(id, field, branch);
    }

    /**
     * Merges in what was edited elsewhere since a text was last taken in from there ("texts that also stand elsewhere" in docs/design/merge.md).
     *
     * @param was {@link #elsewhere} as it stood then
     * @param saved as it stands there now
     * @return where that leaves the text elsewhere
     */
    public Branch merge(Id id, String field, Branch branch, Checklist was, String saved) {
        return texts.merge(id, field, branch, was, saved);
    }

    /** The checkboxes that saves of whole texts have marked, and how. */
    public Map<Id, String> ticked() {
        return texts.ticked();
    }

    /** Writes everything; gives the entities that changed, none when there was nothing to write. */
    public Set<Id> commit() {
        if (ops.isEmpty()) {
            return Set.of();
        }
        replica.keep(tx, facts, action, last, List.copyOf(ops));
        ops.clear();
        return replica.settle(tx, facts);
    }
}
