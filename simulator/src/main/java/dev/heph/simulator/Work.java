package dev.heph.simulator;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Head;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.db.Tx;
import dev.heph.store.replica.Change;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One action of a person within its transaction: what it was to do, and whether that is what it did. */
final class Work {
    /** What may take a tombstone away: everything else leaves what is deleted deleted. */
    private static final Set<Act> RESTORING = EnumSet.of(Act.UNDO, Act.REDO, Act.SETTLE_CONFLICT, Act.IMPORT, Act.JOURNAL, Act.PROJECT,
            Act.MOVE_PROJECT, Act.PUT_INTO_PROJECT, Act.TAG, Act.TASK, Act.PROMOTE, Act.BRING_BACK, Act.BRING_ALL_BACK);

    /** What may take words out of a text that the person did not look at. */
    private static final Set<Act> REWRITING = EnumSet.of(Act.UNDO, Act.REDO, Act.SETTLE_CONFLICT, Act.BRING_BACK, Act.BRING_ALL_BACK);

    /** What makes things again what they once were, whoever looked at what. */
    private static final Set<Act> OF_THE_PAST = EnumSet.of(Act.UNDO, Act.REDO, Act.BRING_BACK, Act.BRING_ALL_BACK);

    private final Peer peer;
    private final Tx tx;
    private final Step step;
    private final Dice dice;
    private final Meddling meddling;
    private final Ledger ledger;
    private final Typed typed;
    private final Head before;
    private final Map<Id, String> textsBefore;
    private final Map<Id, Set<String>> typing = new HashMap<>();
    private final Map<Id, Set<String>> removing = new HashMap<>();
    private final Map<Id, Set<String>> thinning = new HashMap<>();
    private final Set<Id> closing = new HashSet<>();
    private final Set<Optional<Id>> tickingIn = new HashSet<>();
    private final StringBuilder told = new StringBuilder();

    Work(Peer peer, Tx tx, Step step, Dice dice, Meddling meddling, Ledger ledger) {
        this.peer = peer;
        this.tx = tx;
        this.step = step;
        this.dice = dice;
        this.meddling = meddling;
        this.ledger = ledger;
        typed = new Typed(step.number());
        before = peer.end();
        Broken.unless(ledger.end(peer).equals(before), "%s was told that its ops up to %d are saved, and its log ends at %d",
                peer.name(), ledger.end(peer).seq(), before.seq());
        textsBefore = peer.texts();
    }

    Peer peer() {
        return peer;
    }

    Tx tx() {
        return tx;
    }

    Dice dice() {
        return dice;
    }

    Typed typed() {
        return typed;
    }

    Step step() {
        return step;
    }

    Meddling meddling() {
        return meddling;
    }

    /** A change as the product begins one for a surface. */
    Change change() {
        return peer.replica().change(tx).ticking(peer.lists()::occurrenceOf);
    }

    Optional<Id> pick(String... kinds) {
        return dice.pick(peer.nodes(kinds), Id::low);
    }

    /** What the node of an id is called. */
    String title(Id id) {
        return tx.first("SELECT title FROM nodes WHERE space = 1 AND id = ?", row -> row.getString(1), id).filter(title -> !title.isEmpty())
                .orElseGet(() -> id.toString().substring(18));
    }

    void say(String what, Object... about) {
        told.append(told.isEmpty() ? "" : "; ").append(String.format(what, about));
    }

    String told() {
        return told.toString();
    }

    /** A person makes {@code saved} of the text {@code base}. @return what to hand to the product */
    String saving(Id text, String base, String saved) {
        Set<String> now = Typed.in(saved);
        Set<String> was = Typed.in(base);
        typing.computeIfAbsent(text, any -> new HashSet<>()).addAll(now.stream().filter(word -> !was.contains(word)).toList());
        removing.computeIfAbsent(text, any -> new HashSet<>()).addAll(was.stream().filter(word -> !now.contains(word)).toList());
        thinning.computeIfAbsent(text, any -> new HashSet<>()).addAll(Typed.fewer(base, saved));
        return meddling.saved(saved);
    }

    /** A person may tick boxes in the list of this occurrence. */
    void tickingIn(Optional<Id> occurrence) {
        tickingIn.add(occurrence);
    }

    /** A task that a box was promoted to ticks that. */
    void tickingBoxOf(Id task) {
        tx().all("SELECT entity FROM boxes WHERE space = 1 AND id = ?", row -> Id.of(row.getBytes(1)), task)
                .forEach(note -> tickingIn(peer.lists().occurrenceOf(note)));
    }

    /** A person is through with this occurrence. */
    void closing(Id occurrence) {
        closing.add(occurrence);
    }

    /** What a person does may end the occurrence at which any task stands. */
    void closingAny() {
        repeating().forEach(task -> due(task).ifPresent(this::closing));
    }

    /** The tasks that repeat. */
    List<Id> repeating() {
        return tx.all("SELECT t.id FROM tasks t JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.tombstoned = 0"
                + " WHERE t.space = 1 AND t.recurrence IS NOT NULL ORDER BY t.id", row -> Id.of(row.getBytes(1)));
    }

    /** The occurrence at which a task stands. */
    Optional<Id> due(Id task) {
        return peer.recurring().definition(task).flatMap(peer.recurring()::due).map(due -> due.occurrence().id());
    }

    /** Writes a change, as the product does at the end of its transaction, and looks at what it wrote. */
    void commit(Change change) {
        change.commit();
        for (Bundle bundle : written()) {
            if (peer.later().isIn(bundle)) {
                throw new HephException(Reason.INVALID_PARAMS, "this version of heph does not know how");
            }
            for (Op op : bundle.ops()) {
                Broken.unless(!(op instanceof Op.Restore) || RESTORING.contains(step.act()), "%s restored %s", step.act(), op);
                if (op instanceof Op.NodeSet set && !OF_THE_PAST.contains(step.act())) {
                    check(set);
                }
            }
        }
    }

    private void check(Op.NodeSet set) {
        if (Mark.character(set.field()).isPresent()) {
            Optional<Id> occurrence = Mark.occurrence(set.field());
            Broken.unless(occurrence.isEmpty() || tickingIn.contains(occurrence), "%s ticked a box of %s in another occurrence than the one looked at: %s",
                    step.act(), title(set.target()), set);
        }
        boolean closes = set.field().equals(Field.STATE) && Set.of("done", "skipped", "dropped").contains(set.value().asText().orElse(""));
        if (closes && isOccurrence(set.target())) {
            Broken.unless(closing.contains(set.target()), "%s closed another occurrence than the one looked at: %s", step.act(), set);
        }
    }

    private boolean isOccurrence(Id id) {
        return peer.look(facts -> facts.register(id, Field.OCCURRENCE_OF).value().flatMap(Value::asRef)).isPresent();
    }

    /** What this action wrote. */
    List<Bundle> written() {
        return peer.replica().log().range(tx, peer.device(), before.seq() + 1, Integer.MAX_VALUE);
    }

    /** Before the transaction ends: what was to be saved is there, and nothing is gone that nobody took away. */
    void review() {
        Map<Id, String> now = peer.texts();
        typing.forEach((text, words) -> {
            String saved = now.getOrDefault(text, "");
            Set<String> missing = new HashSet<>(words);
            missing.removeAll(Typed.in(saved));
            Broken.unless(missing.isEmpty(), "%s was saved in %s and is not there: %s", some(missing), title(text), NoteDeeds.shown(saved));
        });
        textsBefore.forEach((text, was) -> {
            if (now.containsKey(text) && !was.equals(now.get(text))) {
                Set<String> gone = Typed.in(was);
                gone.removeAll(Typed.in(now.get(text)));
                if (REWRITING.contains(step.act())) {
                    removing.computeIfAbsent(text, any -> new HashSet<>()).addAll(gone);
                    thinning.computeIfAbsent(text, any -> new HashSet<>()).addAll(Typed.fewer(was, now.get(text)));
                }
                gone.removeAll(removing.getOrDefault(text, Set.of()));
                gone.removeAll(thinning.getOrDefault(text, Set.of()));
                Broken.unless(gone.isEmpty(), "%s of %s was not to be removed, and is gone: %s", some(gone), title(text), NoteDeeds.shown(now.get(text)));
            }
        });
    }

    /** Enough of them to look for. */
    static String some(Set<String> words) {
        return words.stream().sorted().limit(8).toList() + (words.size() > 8 ? " and others" : "");
    }

    /** Once it is durable. */
    void acknowledge() {
        closing.forEach(ledger::close);
        List<Bundle> written = written();
        if (!written.isEmpty()) {
            Id action = written.getLast().header().action().id();
            typing.forEach((text, words) -> ledger.type(action, text, words));
            removing.forEach((text, words) -> ledger.remove(action, text, words));
            thinning.forEach((text, words) -> ledger.thin(action, text, words));
        }
        for (Bundle bundle : written) {
            for (Op op : bundle.ops()) {
                if (op instanceof Op.NodeSet set && Mark.character(set.field()).isPresent()) {
                    ledger.tick(set.target(), set.field().name());
                }
            }
        }
        if (!written.isEmpty()) {
            ledger.acknowledge(peer, Peer.actions(written));
        }
    }
}
