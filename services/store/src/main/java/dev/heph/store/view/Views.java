package dev.heph.store.view;

import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.FrontMatter;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.RecurrenceText;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.SqlFacts.Touched;
import dev.heph.store.log.Space;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the tables that queries read up to date with the facts of the entities that a transaction touched. A view is a function
 * of the facts alone, so a rebuild from the log gives the same tables.
 */
public final class Views {
    /** The text that a note's body is. */
    public static final String BODY = Mark.TEXT;

    private final Tx tx;
    private final Space space;
    private final SqlFacts facts;
    private final Names names;
    private final References references;
    private final Words words;
    private final Boxes boxes;
    private final Conflicts conflicts;
    private final Parents parents;
    private final ReadAhead markdown = new ReadAhead();
    private final Set<Id> shownElsewhere = new LinkedHashSet<>();
    private final Set<Id> otherwiseRead = new LinkedHashSet<>();

    public Views(Tx tx, Space space, SqlFacts facts) {
        this.tx = tx;
        this.space = space;
        this.facts = facts;
        this.names = new Names(tx, space);
        this.references = new References(tx, space);
        this.words = new Words(tx);
        this.boxes = new Boxes(tx, space);
        this.conflicts = new Conflicts(tx, space, facts);
        this.parents = new Parents(tx, space, facts);
    }

    /** The row of a node before this refresh. */
    private record Before(long num, boolean tombstoned, String vault, String path, boolean visible, Hlc created, boolean context, boolean empty,
            String textAliases) {
        boolean indexed() {
            return visible && !tombstoned && !(context && empty);
        }
    }

    /** The row of a node after it; what the text says is null when the text is as it was. */
    private record Now(String kind, String title, boolean tombstoned, String vault, String path, boolean context, Id parent,
            String textAliases, String body) {}

    /**
     * Refreshes every entity touched since the last call; {@code touched} comes from {@link SqlFacts#takeTouched}.
     *
     * @return them and those that show otherwise because of them
     */
    public Set<Id> refresh(Map<Id, Touched> touched) {
        words.expect(touched.size());
        markdown.expect(touched.entrySet().stream().filter(entry -> entry.getValue().body()).map(Map.Entry::getKey).toList(),
                id -> facts.text(id, BODY).toString());
        Set<Id> contexts = new LinkedHashSet<>();
        Set<Id> done = new HashSet<>();
        touched.forEach((id, how) -> {
            // A context document has its task's title, so it waits for that.
            if (!contexts.contains(id)) {
                refresh(id, how, contexts);
                done.add(id);
            }
        });
        contexts.forEach(id -> refresh(id, done.contains(id) ? null : touched.get(id), new LinkedHashSet<>()));
        Set.copyOf(otherwiseRead).forEach(this::rereadText);
        words.finish();
        references.resolve(names.takeChanged());
        Set<Id> changed = new LinkedHashSet<>(touched.keySet());
        changed.addAll(shownElsewhere);
        return changed;
    }

    /** Reads the text of a node anew, as if it had just changed. */
    public void reread(Id id) {
        rereadText(id);
        references.resolve(names.takeChanged());
    }

    /** Brings a shown body up to its text, and nothing else: the two belong together, for a save names the version that its body was. */
    public void keepBody(Id id) {
        if (before(id).isPresent()) {
            String body = checklist(id, owners(id)).read().text();
            tx.run("UPDATE nodes SET body = coalesce(?, body) WHERE space = ? AND id = ?", isUnwritten(id, body) ? null : body, space.num(), id);
        }
    }

    private void rereadText(Id id) {
        before(id).ifPresent(row -> refresh(id, new Touched(row.created(), row.created(), true), new LinkedHashSet<>()));
    }

    private void refresh(Id id, Touched lately, Set<Id> contexts) {
        Map<Field, Register> registers = facts.registers(id);
        List<OpId> tombstones = facts.tombstones(id);
        conflicts.refresh(id, registers, tombstones);
        Optional<Kind> kind = text(registers, Field.KIND).flatMap(Kind::of);
        Optional<Before> before = before(id);
        Optional<Id> definition = value(registers, Field.OCCURRENCE_OF).flatMap(Value::asRef);
        boolean mayHaveBeenOccurrence = registers.containsKey(Field.OCCURRENCE_OF);
        if (mayHaveBeenOccurrence && (definition.isEmpty() || kind.isPresent())) {
            // Nobody makes a node somebody's occurrence: it would be gone for everybody.
            tx.run("DELETE FROM occurrences WHERE space = ? AND id = ?", space.num(), id);
        } else if (definition.isPresent()) {
            occurrence(id, definition.get(), registers);
            before.ifPresent(row -> leave(id, row, contexts));
            return;
        }
        if (lately == null && before.isEmpty()) {
            return;
        }
        // An occurrence has no row, so one that is a node after all is told nothing of what was before.
        Touched how = mayHaveBeenOccurrence && before.isEmpty() ? ever(id) : lately;
        boolean tombstoned = !tombstones.isEmpty();
        boolean newBody = how != null && how.body();
        List<Owner> owners = newBody || kind.equals(Optional.of(Kind.DOC)) ? owners(id) : List.of();
        Optional<String> taskTitle = kind.filter(Kind.DOC::equals).flatMap(doc -> titleOfTask(id, owners));
        String title = taskTitle.or(() -> text(registers, Field.TITLE)).orElse("");
        String vault = text(registers, Field.SOURCE_VAULT).orElse(null);
        String path = text(registers, Field.SOURCE_PATH).orElse(null);
        if (newBody && taskTitle.isPresent()) {
            conflicts.refreshOwner(id);
        }
        Optional<Checklist.Shown> read = newBody ? Optional.of(checklist(id, owners).read(markdown::of)) : Optional.empty();
        String body = read.map(Checklist.Shown::text).orElse(null);
        Optional<Extraction> extraction = read.map(shown -> shown.read().orElseGet(() -> markdown.of(shown.text())));
        String textAliases = extraction.map(found -> textAliases(found.frontMatter())).orElse(null);
        long num = store(id, how, before, new Now(kind.map(Kind::word).orElse(null), title, tombstoned,
                vault, path, taskTitle.isPresent(),
                registers.containsKey(Field.PARENT) ? parents.shown(id).orElse(null) : null, textAliases,
                isUnwritten(id, body) ? null : body));
        if (registers.containsKey(Field.PARENT)) {
            parents.affected(id).forEach(this::putElsewhere);
        }
        boolean visible = kind.isPresent() && !tombstoned;
        if (kind.equals(Optional.of(Kind.TASK))) {
            storeTask(id, registers);
            contexts.add(DerivedId.canonicalContext(id));
        }
        extraction.ifPresent(found -> references.replace(id, body, found));
        read.ifPresent(shown -> {
            Set<Id> promoted = new LinkedHashSet<>(boxes.promoted(id)); // also those whose box is gone now
            boxes.replace(id, shown.boxes());
            promoted.addAll(boxes.promoted(id));
            promoted.forEach(task -> {
                storeTask(task, facts.registers(task));
                shownElsewhere.add(task);
            });
        });
        Set<String> aliases = Words.aliases(tx, space.num(), id, textAliases != null ? textAliases : before.map(Before::textAliases).orElse(""));
        boolean renamed = names.refresh(id, before.isEmpty(), kind, visible, title, taskTitle.isPresent(), aliases);
        boolean moved = before.isPresent() && !(Objects.equals(before.get().path(), path) && Objects.equals(before.get().vault(), vault));
        // Between several of one name, the folder and the age decide.
        boolean older = how != null && before.isPresent() && how.least().compareTo(before.get().created()) < 0;
        if (moved || older) {
            names.mark(id);
        }
        if (moved) {
            references.resolveFrom(id);
        }
        boolean wasIndexed = before.isPresent() && before.get().indexed();
        boolean empty = newBody ? body.isEmpty() : before.map(Before::empty).orElse(true);
        // A context document that nobody wrote into says nothing that its task does not.
        boolean indexed = visible && !(taskTitle.isPresent() && empty);
        if (newBody || renamed || indexed != wasIndexed) {
            words.refresh(num, wasIndexed, indexed, title, aliases, newBody || !indexed ? body : bodyOf(num));
        }
    }

    /** It is a node no more: nothing is found by what it was called, nor by what it says. */
    private void leave(Id id, Before row, Set<Id> contexts) {
        names.refresh(id, false, Optional.empty(), false, "", false, Set.of());
        references.replace(id, "", markdown.of(""));
        List<Id> promoted = boxes.promoted(id);
        boxes.replace(id, List.of());
        promoted.forEach(task -> {
            storeTask(task, facts.registers(task));
            shownElsewhere.add(task);
        });
        contexts.add(DerivedId.canonicalContext(id));
        words.refresh(row.num(), row.indexed(), false, "", Set.of(), "");
        tx.run("DELETE FROM tasks WHERE space = ? AND id = ?", space.num(), id);
        tx.run("DELETE FROM nodes WHERE num = ?", row.num());
    }

    /** All that ever touched a node. */
    private Touched ever(Id id) {
        return tx.first("SELECT min(b.hlc), max(b.hlc) FROM ops o JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                        + " WHERE o.space = ? AND o.target = ? AND o.applied = 1",
                row -> new Touched(Hlc.of(row.getBytes(1)), Hlc.of(row.getBytes(2)), true), space.num(), id).orElseThrow();
    }

    /** A ring was closed or opened somewhere else. */
    private void putElsewhere(Id id) {
        tx.run("UPDATE nodes SET parent = ? WHERE space = ? AND id = ?", parents.shown(id).orElse(null), space.num(), id);
        conflicts.refresh(id, facts.registers(id));
        shownElsewhere.add(id);
    }

    /** Whether a text is empty because nobody ever wrote into it: then there is none, however often it is read. */
    private boolean isUnwritten(Id id, String body) {
        return "".equals(body) && facts.version(id, BODY).equals(Version.EMPTY);
    }

    /** Of a recurring task the list is the template of its occurrences. */
    private Checklist checklist(Id id, List<Owner> owners) {
        boolean repeats = owners.stream().map(Owner::recurrence).filter(Objects::nonNull).findFirst()
                .flatMap(text -> RecurrenceText.read(text, Missed.LATEST)).isPresent();
        return repeats ? Checklist.fresh(facts.text(id, BODY)) : facts.checklist(id, BODY);
    }

    private Optional<Before> before(Id id) {
        return tx.first("SELECT num, tombstoned, vault, path, kind IS NOT NULL, created, context, coalesce(body, '') = '', text_aliases FROM nodes"
                        + " WHERE space = ? AND id = ?",
                row -> new Before(row.getLong(1), row.getBoolean(2), row.getString(3), row.getString(4), row.getBoolean(5), Hlc.of(row.getBytes(6)),
                        row.getBoolean(7), row.getBoolean(8), row.getString(9)),
                space.num(), id);
    }

    private long store(Id id, Touched how, Optional<Before> before, Now now) {
        if (before.isEmpty()) {
            tx.run("INSERT INTO nodes (space, id, tail, kind, title, created, modified, tombstoned, vault, path, context, parent, text_aliases, body)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, ''), ?)",
                    space.num(), id, Tail.of(id), now.kind(), now.title(), how.least(), how.greatest(), now.tombstoned(), now.vault(),
                    now.path(), now.context(), now.parent(), now.textAliases(), now.body());
            return tx.first("SELECT last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
        }
        tx.run("UPDATE nodes SET kind = ?, title = ?, created = min(created, ?), modified = max(modified, ?), tombstoned = ?, vault = ?,"
                + " path = ?, context = ?, parent = ?, text_aliases = coalesce(?, text_aliases), body = coalesce(?, body) WHERE num = ?",
                now.kind(), now.title(), how == null ? MAX_STAMP : how.least().bytes(), how == null ? new byte[0] : how.greatest().bytes(),
                now.tombstoned(), now.vault(), now.path(), now.context(), now.parent(), now.textAliases(), now.body(), before.get().num());
        return before.get().num();
    }

    /** Greater than every stamp, so that it changes no minimum. */
    private static final byte[] MAX_STAMP = {(byte) 0xFF};

    private void storeTask(Id id, Map<Field, Register> registers) {
        boolean repeated = tx.first("SELECT recurrence IS NOT NULL FROM tasks WHERE space = ? AND id = ?", row -> row.getBoolean(1), space.num(), id)
                .orElse(false);
        if (repeated != text(registers, Field.RECURRENCE).isPresent()) {
            otherwiseRead.add(DerivedId.canonicalContext(id));
            shownElsewhere.add(DerivedId.canonicalContext(id));
        }
        tx.run("INSERT INTO tasks (space, id, state, attention, do_date, late_on, committed, project, recurrence, missed)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, attention = excluded.attention,"
                + " do_date = excluded.do_date, late_on = excluded.late_on, committed = excluded.committed, project = excluded.project,"
                + " recurrence = excluded.recurrence, missed = excluded.missed",
                space.num(), id,
                state(id, registers),
                text(registers, Field.ATTENTION).orElse(null),
                date(registers, Field.DO_DATE), date(registers, Field.LATE_ON),
                value(registers, Field.COMMITTED).flatMap(Value::asBool).orElse(true),
                value(registers, Field.PROJECT).flatMap(Value::asRef).map(Id::bytes).orElse(null),
                text(registers, Field.RECURRENCE).orElse(null), text(registers, Field.MISSED).orElse(null));
    }

    /** Who ticked a checkbox that another promoted meanwhile was done with what is now a task. */
    private String state(Id id, Map<Field, Register> registers) {
        Register state = registers.getOrDefault(Field.STATE, Register.EMPTY);
        boolean isSaid = state.tips().stream().anyMatch(tip -> !tip.initial()) || text(registers, Field.RECURRENCE).isPresent();
        return !isSaid && boxes.isTicked(id) ? State.DONE.word() : text(registers, Field.STATE).orElse(State.OUTSTANDING.word());
    }

    /** No node of its own: what shows is the task that it is an occurrence of. */
    private void occurrence(Id id, Id definition, Map<Field, Register> registers) {
        shownElsewhere.add(definition);
        tx.run("DELETE FROM occurrences WHERE space = ? AND task = ? AND id = ?", space.num(), definition, id);
        String start = wall(registers, Field.OCCURRENCE_START);
        shownElsewhere.add(DerivedId.canonicalContext(definition));
        if (start != null && facts.tombstones(id).isEmpty()) {
            tx.run("INSERT INTO occurrences (space, task, id, start, state, closed, do_date, late_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    space.num(), definition, id, start, text(registers, Field.STATE).orElse(State.OUTSTANDING.word()),
                    wall(registers, Field.OCCURRENCE_CLOSED), date(registers, Field.DO_DATE), date(registers, Field.LATE_ON));
        }
    }

    /** A node that has a document for its context. @param recurrence of a task that repeats, else null */
    private record Owner(Id task, String title, String recurrence) {}

    private List<Owner> owners(Id doc) {
        return tx.all("SELECT n.id, n.title, t.recurrence FROM link_tags l JOIN nodes n ON n.space = l.space AND n.id = l.src"
                        + " LEFT JOIN tasks t ON t.space = l.space AND t.id = l.src WHERE l.space = ? AND l.dst = ? AND l.type = 'canonical-context'",
                row -> new Owner(Id.of(row.getBytes(1)), row.getString(2), row.getString(3)), space.num(), doc);
    }

    private static Optional<String> titleOfTask(Id doc, List<Owner> owners) {
        return owners.stream()
                .filter(owner -> DerivedId.canonicalContext(owner.task()).equals(doc))
                .map(Owner::title)
                .findFirst();
    }

    private static String textAliases(FrontMatter frontMatter) {
        return Stream.concat(frontMatter.title().stream(), frontMatter.aliases().stream())
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private String bodyOf(long num) {
        return tx.first("SELECT coalesce(body, '') FROM nodes WHERE num = ?", row -> row.getString(1), num).orElse("");
    }

    private static Optional<Value> value(Map<Field, Register> registers, Field field) {
        return registers.getOrDefault(field, Register.EMPTY).value();
    }

    private static Optional<String> text(Map<Field, Register> registers, Field field) {
        return value(registers, field).flatMap(Value::asText);
    }

    /** A date-time on whatever wall; what is anything else was not written by heph. */
    private static String wall(Map<Field, Register> registers, Field field) {
        return value(registers, field).orElse(Value.NONE) instanceof Value.Moment(var local, var zone) ? local.toString() : null;
    }

    /** ISO 8601: a day or a date-time, zone in brackets when there is one; text order is time order within one zone. */
    private static String date(Map<Field, Register> registers, Field field) {
        return switch (value(registers, field).orElse(Value.NONE)) {
            case Value.Day(var day) -> day.toString();
            case Value.Moment(var local, var zone) -> local + zone.map(z -> "[" + z + "]").orElse("");
            default -> null;
        };
    }
}
