package dev.heph.store.replica;

import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Edit;
import dev.heph.model.merge.Race;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Overlap;
import dev.heph.model.text.Run;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.TextHistory;
import dev.heph.store.log.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What takes an op back: an op like any other, that has seen it. Where what it did is not what shows any more, because somebody
 * wrote since, nothing is taken back ("undo" in docs/design/undo.md).
 */
final class Inverse {
    /** Fields that heph keeps for itself. */
    private static final Set<String> OF_NO_INTEREST = Set.of(Field.SOURCE_REV.facet(), Field.OCCURRENCE_OF.facet(), Race.SETTLED);

    private final Replica replica;
    private final Tx tx;
    private final SqlFacts facts;
    private final TextClients clients;
    private final Undo.Whole whole;
    private final Set<Kept> kept;

    /**
     * @param clients by which this device writes texts
     * @param whole what is taken back together
     * @param kept where to put what is not taken back
     */
    Inverse(Replica replica, Tx tx, SqlFacts facts, TextClients clients, Undo.Whole whole, Set<Kept> kept) {
        this.whole = whole;
        this.kept = kept;
        this.replica = replica;
        this.tx = tx;
        this.facts = facts;
        this.clients = clients;
    }

    /** None if it stays; several when it settled a field, whose sides then stand against each other again. */
    List<? extends Op> of(OpId done, Op op) {
        return switch (op) {
            // An occurrence that nothing was done with is as good as none; what was done with it is taken back for itself.
            case Op.NodeCreate(Id node, var fields) when fields.containsKey(Field.OCCURRENCE_OF) -> List.of();
            case Op.NodeCreate(Id node, var fields) -> deleting(done, node);
            case Op.NodeSet set -> before(done, set);
            case Op.TextChange change -> edit(done, change).stream().toList();
            case Op.LinkAdd(Op.Link link) -> facts.tags(link).isEmpty() ? List.of() : List.of(new Op.LinkRemove(link, facts.tags(link)));
            case Op.LinkRemove(Op.Link link, var seen) -> facts.tags(link).isEmpty() ? List.of(new Op.LinkAdd(link)) : List.of();
            case Op.Tombstone(Id node) -> restoring(done, node);
            case Op.Restore(Id node, var seen) -> deletingAgain(done, node, seen);
            case Op.LogAppend entry -> List.of();
            case Op.DeviceEnrol enrol -> List.of();
            case Op.DeviceAdmit admit -> List.of();
            case Op.DeviceRevoke revoke -> List.of();
            case Op.Unknown unknown -> List.of();
        };
    }

    /** A tombstone that upheld one before, which had not seen an edit, goes alone: then that is in question again. */
    private List<Op> restoring(OpId done, Id node) {
        List<OpId> since = facts.tombstones(node).stream().filter(tombstone -> tombstone.equals(done) || !facts.saw(done, tombstone)).toList();
        return since.isEmpty() ? List.of() : List.of(new Op.Restore(node, since));
    }

    private List<Op> deletingAgain(OpId done, Id node, List<OpId> restored) {
        List<OpId> now = facts.tombstones(node);
        if (!now.isEmpty()) {
            return now.stream().allMatch(tombstone -> facts.saw(done, tombstone)) ? List.of(new Op.Tombstone(node)) : List.of();
        }
        // It was restored for what its deletion had not seen; a deletion now has seen that, and nobody would be asked about it.
        Optional<OpId> edit = about(node)
                .filter(op -> facts.saw(done, op) && !whole.ops().contains(op) && restored.stream().noneMatch(tombstone -> isKnownTo(tombstone, op)))
                .findFirst();
        if (edit.isPresent()) {
            kept.add(new Kept(node, Kept.NODE, edit.map(OpId::device), true));
            return List.of();
        }
        return deleting(done, node);
    }

    /** Whether who deleted something knew of an op about it; what they did to it later they did to what was deleted. */
    private boolean isKnownTo(OpId tombstone, OpId op) {
        return tombstone.device().equals(op.device()) || facts.saw(tombstone, op);
    }

    /** What somebody else has changed since it was there stays. */
    private List<Op> deleting(OpId done, Id node) {
        if (!facts.tombstones(node).isEmpty()) {
            return List.of();
        }
        Optional<DeviceId> by = changedSince(done, node);
        if (by.isPresent() || isUsedElsewhere(node)) {
            kept.add(new Kept(node, Kept.NODE, by));
            return List.of();
        }
        return List.of(new Op.Tombstone(node));
    }

    /** The device that did something with a node, or with what goes with it, and of which {@code done} knew nothing. */
    private Optional<DeviceId> changedSince(OpId done, Id node) {
        Version past = facts.past(done);
        return about(node)
                .filter(op -> !op.device().equals(done.device()) && !past.includes(op))
                .map(OpId::device)
                .findFirst();
    }

    /** The ops about a node, and about what goes with it. */
    private Stream<OpId> about(Id node) {
        return Stream.concat(Stream.of(node, DerivedId.canonicalContext(node)),
                        tx.all("SELECT src FROM link_tags WHERE space = ? AND dst = ? AND type = 'canonical-context'",
                                row -> Id.of(row.getBytes(1)), replica.space().num(), node).stream())
                .flatMap(entity -> replica.log().about(tx, entity).stream())
                .map(Log.About::op);
    }

    /** A project or tag that came with the action stays if something else is in it by now. */
    private boolean isUsedElsewhere(Id node) {
        Optional<Kind> kind = facts.register(node, Field.KIND).value().flatMap(Value::asText).flatMap(Kind::of);
        if (kind.filter(it -> it == Kind.PROJECT || it == Kind.TAG).isEmpty()) {
            return false;
        }
        return tx.all("SELECT t.id FROM tasks t JOIN nodes n ON n.space = t.space AND n.id = t.id"
                                + " WHERE t.space = ? AND t.project = ? AND n.tombstoned = 0"
                                + " UNION SELECT l.src FROM link_tags l JOIN nodes n ON n.space = l.space AND n.id = l.src"
                                + " WHERE l.space = ? AND l.dst = ? AND l.src <> l.dst AND n.tombstoned = 0"
                                + " UNION SELECT n.id FROM nodes n WHERE n.space = ? AND n.parent = ? AND n.tombstoned = 0",
                        row -> Id.of(row.getBytes(1)), replica.space().num(), node, replica.space().num(), node, replica.space().num(), node)
                .stream()
                .anyMatch(user -> !whole.targets().contains(user));
    }

    /** The value that the op replaced, or each of them if it settled what they disagreed on; if its own is what shows. */
    private List<Op> before(OpId done, Op.NodeSet set) {
        Register now = facts.register(set.target(), set.field());
        boolean alone = now.tips().stream().allMatch(tip -> tip.op().device().equals(done.device()));
        boolean reopened = now.contested() && whole.ops().containsAll(now.seen()); // by what is to be taken back
        List<Value> before = replaced(set);
        if (!reopened && (!now.value().equals(Optional.of(set.value())) || now.contested() || !alone)) {
            if (!now.value().equals(Optional.of(before.getLast()))) {
                kept(done, set, now);
            }
            return List.of(); // another thing was said since, or another device said the same
        }
        return before.stream().<Op>map(value -> new Op.NodeSet(set.target(), set.field(), value, now.seen())).toList();
    }

    /** What a write replaced: one value, or the sides of the conflict that it settled, the one that was shown last. */
    private List<Value> replaced(Op.NodeSet set) {
        List<Log.Stamped> seen = counting(set).stream().sorted()
                .flatMap(op -> replica.log().op(tx, op).stream())
                .sorted(Comparator.<Log.Stamped, Boolean>comparing(last -> !(last.op() instanceof Op.NodeCreate)).thenComparing(Log.Stamped::hlc))
                .toList();
        boolean onlyFirst = seen.stream().allMatch(last -> last.op() instanceof Op.NodeCreate);
        List<Value> values = new ArrayList<>();
        seen.stream().filter(last -> onlyFirst || !(last.op() instanceof Op.NodeCreate))
                .flatMap(last -> last.value(set.field()).stream())
                .forEach(value -> {
                    values.remove(value);
                    values.add(value);
                });
        return values.isEmpty() ? List.of(Value.NONE) : Field.MEANINGFUL.contains(set.field()) ? values : List.of(values.getLast());
    }

    /** What a write had seen; in place of what does not count, what that had seen. */
    private Set<OpId> counting(Op.NodeSet set) {
        Set<OpId> counting = new HashSet<>();
        Set<OpId> known = new HashSet<>(set.seen());
        for (Deque<OpId> open = new ArrayDeque<>(known); !open.isEmpty();) {
            OpId op = open.remove();
            if (replica.log().isApplied(tx, op)) {
                counting.add(op);
            } else {
                replica.log().op(tx, op).map(Log.Stamped::op).filter(Op.NodeSet.class::isInstance).map(Op.NodeSet.class::cast)
                        .ifPresent(left -> left.seen().stream().filter(known::add).forEach(open::add));
            }
        }
        return counting;
    }

    private void kept(OpId done, Op.NodeSet set, Register now) {
        if (!OF_NO_INTEREST.contains(set.field().facet())) {
            Optional<DeviceId> by = now.tips().reversed().stream().map(tip -> tip.op().device())
                    .min(Comparator.comparing(device -> device.equals(done.device())));
            kept.add(new Kept(set.target(), Mark.character(set.field()).isPresent() ? Kept.BOX : set.field().name(), by));
        }
    }

    /** Whether another op wrote the same characters, or what this one took away for something else would stay away. */
    private boolean isDoneTwice(OpId done, Op.TextChange change) {
        TextEdit edit = change.edit();
        Text text = facts.text(change.target(), change.field());
        boolean isReplacing = !edit.deletes().isEmpty() && (!edit.runs().isEmpty() || !edit.undeletes().isEmpty());
        if (isReplacing && edit.deletes().stream().allMatch(range -> text.isDeletedBesides(done, range))) {
            return true;
        }
        if (edit.runs().isEmpty() && !bringsBackWriting(change)) {
            return false;
        }
        List<Edit> twins = new ArrayList<>();
        List<DeleteRange> written = goes(edit);
        new TextHistory(tx, replica.log()).each(change.target(), (bundle, op, does) -> {
            if (!op.equals(done) && does instanceof Op.TextChange other && other.field().equals(change.field())) {
                // Of what was brought back this device is the one writer, and whoever else wrote it the other.
                boolean isTwin = edit.runs().isEmpty()
                        ? !op.device().equals(done.device()) && written.stream().anyMatch(range -> writes(other.edit(), range))
                        : isSame(edit, other.edit());
                if (isTwin) {
                    twins.add(Edit.of(op, bundle.header().action().id(), other));
                }
            }
        });
        return twins.stream().anyMatch(twin -> replica.log().isApplied(tx, twin.op())
                && !written.stream().allMatch(range -> text.isDeletedBy(twin.op().device(), range)));
    }

    /** Whether an edit brings back what an undo before took back: then it stands for the writing of that. */
    private boolean bringsBackWriting(Op.TextChange change) {
        return change.edit().undeletes().stream().map(Undelete::cancelled).distinct()
                .anyMatch(op -> replica.log().op(tx, op).map(Log.Stamped::op).filter(Op.TextChange.class::isInstance).map(Op.TextChange.class::cast)
                        .filter(cancelled -> cancelled.edit().takesBack(op.device())).isPresent());
    }

    /** What goes when an edit is taken back. */
    private static List<DeleteRange> goes(TextEdit edit) {
        List<DeleteRange> goes = new ArrayList<>();
        long clock = edit.clock();
        for (Run run : edit.runs()) {
            goes.add(new DeleteRange(edit.client(), clock, run.length()));
            clock += run.length();
        }
        edit.undeletes().forEach(undelete -> goes.add(undelete.range()));
        return goes;
    }

    private static boolean writes(TextEdit edit, DeleteRange range) {
        return edit.length() > 0 && range.client() == edit.client() && range.clock() < edit.clock() + edit.length()
                && edit.clock() < range.clock() + range.length();
    }

    private static boolean isSame(TextEdit one, TextEdit other) {
        return one.client() == other.client() && one.clock() == other.clock() && one.runs().equals(other.runs());
    }

    /** What the edit wrote goes, what it deleted comes back, what it brought back goes again. */
    private Optional<Op> edit(OpId done, Op.TextChange change) {
        TextEdit edit = change.edit();
        if (isDoneTwice(done, change)) {
            // Another device did the same, and did not take it back.
            kept.add(new Kept(change.target(), change.field(), Optional.empty()));
            return Optional.empty();
        }
        // This device's own edits are not asked for: an action that changed many places would read its bundles again for each.
        Version known = facts.past(done).with(new OpId(done.device(), Long.MAX_VALUE));
        facts.editsBeyond(change.target(), change.field(), known).stream()
                .filter(other -> !other.takesBack() && Overlap.touches(other.edit(), edit))
                .forEach(other -> kept.add(new Kept(change.target(), change.field(), Optional.of(other.op().device()))));
        Text text = facts.text(change.target(), change.field());
        List<Undelete> undeletes = edit.deletes().stream().map(range -> new Undelete(done, range)).toList();
        // Words that were deleted by hand and came back are deleted by hand again.
        long client = !edit.runs().isEmpty() || bringsBackWriting(change) ? clients.own() : clients.fresh(text);
        TextEdit back = new TextEdit(client, text.nextClock(client), List.of(), goes(edit), undeletes);
        return back.isEmpty() ? Optional.empty()
                : Optional.of(new Op.TextChange(change.target(), change.field(), back, Optional.empty()));
    }
}
