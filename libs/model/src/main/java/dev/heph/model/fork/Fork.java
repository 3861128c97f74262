package dev.heph.model.fork;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.op.WireException;
import dev.heph.model.text.CharId;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what a device wrote since it and another one went apart under one id anew, under an id of its own. The ops say the same of the same
 * things at the same times and have seen the same; only their names change, and wherever one names another.
 */
public final class Fork {
    /** What the ops alone do not tell. */
    public interface Known {
        /** The last of the shared ops that made a version of a text: its number, 0 if there is none. */
        long last(Id entity, String text);

        /** A write whose field or value names ops in a way of its own, with the names that they have by now. */
        Op.NodeSet renamed(Op.NodeSet set, Fork names);
    }

    private final DeviceId shared;
    private final DeviceId own;
    private final List<Bundle> since;
    private final Known known;
    private final NavigableMap<Long, Long> numbers = new TreeMap<>();

    /**
     * @param shared the id that both have written under
     * @param own the new one
     * @param since what this one wrote since they went apart, in its order
     */
    public Fork(DeviceId shared, DeviceId own, List<Bundle> since, Known known) {
        this.shared = shared;
        this.own = own;
        this.since = since;
        this.known = known;
        long next = 2; // the first op introduces the device
        for (Bundle bundle : since) {
            for (int index = 0; index < bundle.ops().size(); index++) {
                if (!isOfTheId(bundle.ops().get(index))) {
                    numbers.put(bundle.opId(index).seq(), next++);
                }
            }
        }
    }

    /**
     * The whole chain of the new id. It follows from what is given here, so two copies that write the same under the same id write the same bytes.
     *
     * @param enrol how it introduces itself
     * @param seen what the shared id had named as seen up to where they went apart, and the shared ops themselves
     * @param now the stamp of the introduction if nothing follows
     * @throws WireException when an op is of a later version, so that nobody here knows what it names
     */
    public List<Bundle> chain(Op.DeviceEnrol enrol, SortedMap<DeviceId, Head> seen, Hlc now) {
        String space = since.isEmpty() ? Header.PERSONAL : since.getFirst().header().space();
        Author author = new Author(space, own, Head.START);
        Hlc first = since.isEmpty() ? now : since.getFirst().header().hlc();
        List<Bundle> chain = new ArrayList<>(author.write(first, Action.single(own.id()), seen, List.of(enrol)));
        SortedMap<DeviceId, Head> heads = new TreeMap<>();
        Map<Id, Integer> parts = new HashMap<>();
        for (Bundle bundle : since) {
            heads.putAll(bundle.header().heads());
            List<Op> ops = bundle.ops().stream().filter(op -> !isOfTheId(op)).map(this::renamed).toList();
            if (!ops.isEmpty()) {
                // A bundle may take two now, since what named ops of its own device by number names them in full.
                Action was = bundle.header().action();
                int index = parts.getOrDefault(was.id(), was.index());
                List<Bundle> written = author.write(bundle.header().hlc(), new Action(was.id(), index, was.last()), heads, ops);
                parts.put(was.id(), index + written.size());
                chain.addAll(written);
                heads = new TreeMap<>();
            }
        }
        return chain;
    }

    /** What a device said of the id it had: the new one has a key of its own, which no hub has seen yet. */
    private static boolean isOfTheId(Op op) {
        return op instanceof Op.DeviceEnrol || op instanceof Op.DeviceAdmit;
    }

    /** The name of an op by now. */
    public OpId renamed(OpId op) {
        Long number = op.device().equals(shared) ? numbers.get(op.seq()) : null;
        return number == null ? op : new OpId(own, number);
    }

    /** A version of a text by now. */
    public Version renamed(Id entity, String text, Version version) {
        long last = version.seqs().getOrDefault(shared, 0L);
        Map.Entry<Long, Long> number = numbers.floorEntry(last);
        if (number == null) {
            return version;
        }
        SortedMap<DeviceId, Long> seqs = new TreeMap<>(version.seqs());
        seqs.remove(shared);
        Version before = new Version(seqs).with(new OpId(own, number.getValue()));
        long shown = known.last(entity, text);
        return shown == 0 ? before : before.with(new OpId(shared, shown));
    }

    private Op renamed(Op op) {
        return switch (op) {
            case Op.NodeSet set -> known.renamed(new Op.NodeSet(set.target(), set.field(), set.value(), renamed(set.seen())), this);
            case Op.TextChange change -> new Op.TextChange(change.target(), change.field(), renamed(change.edit()),
                    change.base().map(base -> renamed(change.target(), change.field(), base)));
            case Op.LinkRemove(Op.Link link, List<OpId> seen) -> new Op.LinkRemove(link, renamed(seen));
            case Op.Restore(Id node, List<OpId> seen) -> new Op.Restore(node, renamed(seen));
            case Op.NodeCreate same -> same;
            case Op.LinkAdd same -> same;
            case Op.Tombstone same -> same;
            case Op.LogAppend same -> same;
            case Op.DeviceEnrol same -> same;
            case Op.DeviceAdmit same -> same;
            case Op.DeviceRevoke same -> same;
            case Op.Unknown unknown -> throw new WireException("this device wrote ops of type '" + unknown.type()
                    + "' with a newer heph: only that can write them anew under another id");
        };
    }

    private List<OpId> renamed(List<OpId> seen) {
        return seen.stream().map(this::renamed).toList();
    }

    /** Characters keep their names: an edit that writes is by a text client that follows from what it does, or by a fresh one. */
    private TextEdit renamed(TextEdit edit) {
        long client = edit.takesBack(shared) ? CharId.clientOf(own) : edit.client();
        return new TextEdit(client, edit.clock(), edit.runs(), edit.deletes(), edit.undeletes().stream()
                .map(undelete -> new Undelete(renamed(undelete.cancelled()), undelete.range()))
                .toList());
    }
}
