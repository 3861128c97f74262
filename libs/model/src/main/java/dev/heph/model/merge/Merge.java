package dev.heph.model.merge;

import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.op.WireException;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.model.text.Overlap;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one way an op becomes a fact, the same on every device and hub. Applying the ops of a set in any order in which each
 * comes after those its author had seen gives the same facts. The rules are in docs/design/merge.md.
 */
public final class Merge {
    /**
     * Raised by whatever makes the same log give other facts: a type of op, of value, a key, a rule; or other words to the search. Where
     * facts of another number are kept, they and what follows from them are made anew from the log.
     */
    public static final int VERSION = 8;

    private Merge() {}

    /**
     * Applies the ops of a bundle that is new to {@code facts}.
     *
     * @return the ops left unapplied: of a type this version does not know, an edit that does not fit its text, or written when its author had no
     *     right to write any more ({@link #counts})
     * @throws WireException when the payload as a whole cannot be applied; nothing was then changed
     */
    public static List<OpId> apply(Facts facts, Bundle bundle) {
        return apply(facts, bundle, bundle.ops());
    }

    /** As {@link #apply(Facts, Bundle)}. @param ops the bundle's, as somebody reads them who may know less than this version */
    public static List<OpId> apply(Facts facts, Bundle bundle, List<Op> ops) {
        List<OpId> unapplied = new ArrayList<>();
        facts.saw(bundle.header().device(), bundle.header().firstSeq(), bundle.header().heads());
        Set<Id> said = saysWhatIsSettled(ops);
        boolean counts = counts(facts, bundle.header());
        for (int index = 0; index < ops.size(); index++) {
            OpId id = bundle.opId(index);
            boolean taken = counts || ops.get(index).isOfDevices() && !isRename(id, ops.get(index));
            if (!taken || !apply(facts, id, bundle.header(), ops.get(index), said)) {
                unapplied.add(id);
            }
        }
        return unapplied;
    }

    /**
     * Whether what a bundle says counts: not if its author's right to write had ended before it. A revocation that comes after what it ends finds
     * that applied; then the facts are to be made anew, from the first bundle on, by who knows all ends by now. Who wrote it, and whom it revokes,
     * counts all the same: else it would matter which of two revocations came first.
     */
    public static boolean counts(Facts facts, Header header) {
        return facts.ended(header.device()).filter(last -> header.firstSeq() > last.seq()).isEmpty();
    }

    /** A device introduces itself by its first op; what it calls itself later is writing like any other. */
    private static boolean isRename(OpId id, Op op) {
        return op instanceof Op.DeviceEnrol && id.seq() > 1;
    }

    /** What somebody has built on stays: the end is not before what the one who revokes had seen of the device. */
    private static Head end(Facts facts, OpId id, Op.DeviceRevoke revoke) {
        long seen = facts.past(id).seqs().getOrDefault(revoke.device(), 0L);
        return seen > revoke.last().seq() ? new Head(seen, revoke.last().chain()) : revoke.last();
    }

    /** In whose texts a bundle settles races, or takes that back, in so many words: there its edits settle nothing by themselves. */
    private static Set<Id> saysWhatIsSettled(List<Op> ops) {
        return ops.stream().filter(op -> op instanceof Op.NodeSet set && set.field().facet().equals(Race.SETTLED)).map(Op::target)
                .collect(Collectors.toSet());
    }

    private static boolean apply(Facts facts, OpId id, Header header, Op op, Set<Id> said) {
        Hlc hlc = header.hlc();
        switch (op) {
            case Op.NodeCreate(Id node, Map<Field, Value> fields) ->
                    fields.forEach((field, value) -> facts.register(node, field,
                            facts.register(node, field).with(new Write(id, hlc, value, true), List.of())));
            case Op.NodeSet(Id node, Field field, Value value, List<OpId> seen) -> {
                Register register = facts.register(node, field);
                facts.register(node, field, register.with(new Write(id, hlc, value, false), known(facts, id, seen)));
                if (Mark.character(field).isPresent()) {
                    // A tick is a part of what the text shows, so it makes a version of it.
                    facts.text(node, Mark.TEXT, facts.text(node, Mark.TEXT), facts.version(node, Mark.TEXT).with(id));
                }
            }
            case Op.TextChange change -> {
                Text text = facts.text(change.target(), change.field());
                Version version = facts.version(change.target(), change.field());
                try {
                    text.apply(id, change.edit());
                } catch (TextException misfit) {
                    return false;
                }
                races(facts, text, change, Edit.of(id, header.action().id(), change), said.contains(change.target()));
                facts.text(change.target(), change.field(), text, version.with(id));
            }
            case Op.LinkAdd(Op.Link link) -> facts.addTag(link, id);
            case Op.LinkRemove(Op.Link link, List<OpId> seen) -> facts.removeTags(link, known(facts, id, seen));
            case Op.Tombstone(Id node) -> facts.addTombstone(node, id);
            case Op.Restore(Id node, List<OpId> seen) -> facts.removeTombstones(node, known(facts, id, seen));
            case Op.LogAppend entry -> facts.addEntry(entry.target(), id, entry.place(hlc), entry.text());
            case Op.DeviceEnrol enrol -> {
                facts.enrol(id.device(), enrol.key(), enrol.name());
                return true;
            }
            case Op.DeviceRevoke revoke -> {
                if (!revoke.device().equals(id.device())) { // nobody ends his own right: who is told of it could not be told by whom
                    facts.revoke(revoke.device(), end(facts, id, revoke));
                }
                return true;
            }
            case Op.DeviceAdmit admit -> {
                return true; // the log keeps it; nothing follows from it
            }
            case Op.Unknown unknown -> {
                return false;
            }
        }
        facts.touch(op.target(), id, hlc);
        return true;
    }

    /** What an op says that it has seen; of what its author cannot have had it would matter whether it came before. */
    private static List<OpId> known(Facts facts, OpId id, List<OpId> seen) {
        boolean isOwn = seen.stream().allMatch(op -> op.device().equals(id.device()) && op.seq() < id.seq());
        return isOwn ? seen : seen.stream().filter(facts.past(id)::includes).toList();
    }

    /** Finds the edits that an edit races with, the races that it settles ("races in a text"), and what stays though somebody took it back. */
    private static void races(Facts facts, Text shared, Op.TextChange change, Edit made, boolean isSaid) {
        Id text = change.target();
        String field = change.field();
        Version past = facts.past(made.op());
        Version seen = made.seen(past);
        for (Edit other : facts.editsBeyond(text, field, seen)) {
            // What is taken in from elsewhere may build on what came in from there before, though its base does not name that.
            boolean isKnown = other.action().equals(made.action())
                    || past.includes(other.op()) && Overlap.builds(made.edit(), other.edit());
            if (!isKnown && (Overlap.between(made.edit(), other.edit()) || settleOtherwise(facts, text, field, made, other))) {
                facts.race(text, field, Race.between(made.op(), other.op()));
            }
            made.spared(other).forEach(shared::spare);
            other.spared(made).forEach(shared::spare);
        }
        for (Race race : facts.races(text, field)) {
            if (!isSaid && !race.settled() && race.ops().allMatch(seen::includes)
                    && race.ops().anyMatch(op -> Overlap.touches(made.edit(), facts.edit(text, field, op)))) {
                facts.race(text, field, new Race(race.one(), race.other(), true));
            }
        }
        facts.addEdit(text, field, made);
    }

    /** Whether both had seen a race, and each takes out what the other leaves of it. */
    private static boolean settleOtherwise(Facts facts, Id text, String field, Edit made, Edit other) {
        if (made.takesBack() || other.takesBack() || made.edit().deletes().isEmpty() || other.edit().deletes().isEmpty()) {
            return false;
        }
        Version seen = made.seen(facts.past(made.op()));
        Version seenByOther = other.seen(facts.past(other.op()));
        return facts.races(text, field).stream()
                .filter(race -> race.ops().allMatch(op -> seen.includes(op) && seenByOther.includes(op)))
                .anyMatch(race -> Overlap.takeOutBoth(made.edit(), other.edit(), facts.edit(text, field, race.one()), facts.edit(text, field, race.other())));
    }
}
