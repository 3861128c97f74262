package dev.heph.store.replica;

import dev.heph.model.fork.Fork;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.TextHistory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What ops of this device were called before it took a new id. An editor that was open meanwhile names its version so; by now the same name may be that of
 * an op of the other one that wrote under the old id.
 */
record FormerNames(Replica replica, Tx tx) {
    private record Taken(DeviceId before, DeviceId id) {}

    /** A version of a text by the name that it has now. One that was named since has it already. */
    Version now(Id text, String field, Version version) {
        List<Taken> all = tx.all("SELECT before, device FROM identities WHERE space = ? ORDER BY num",
                row -> new Taken(DeviceId.of(row.getBytes(1)), DeviceId.of(row.getBytes(2))), replica.space().num());
        Version now = version;
        for (int at = 0; at < all.size(); at++) {
            Taken taken = all.get(at);
            Set<DeviceId> since = all.stream().skip(at).map(Taken::id).collect(Collectors.toSet());
            boolean isFormer = now.seqs().containsKey(taken.before()) && now.seqs().keySet().stream().noneMatch(since::contains);
            now = isFormer ? renamed(text, field, now, taken) : now;
        }
        return now;
    }

    private Version renamed(Id text, String field, Version version, Taken taken) {
        List<Bundle> anew = replica.log().parted(tx, taken.before());
        // A text that was edited then has an edit under the new id: what names none, but the old one's op, is older.
        boolean wasEdited = anew.stream().anyMatch(bundle -> edited(bundle, version.seqs().get(taken.before()), text, field));
        if (!wasEdited) {
            return version;
        }
        Kept kept = new Kept(new TextHistory(tx, replica.log()), taken.before(), anew.getFirst().header().firstSeq() - 1);
        return new Fork(taken.before(), taken.id(), anew, kept).renamed(text, field, version);
    }

    private static boolean edited(Bundle bundle, long seq, Id text, String field) {
        long index = seq - bundle.header().firstSeq();
        return index >= 0 && index < bundle.header().count()
                && bundle.ops().get((int) index).target().equals(text) && TextHistory.isOf(bundle.ops().get((int) index), field);
    }

    /** The ops that still have the old id. */
    private record Kept(TextHistory history, DeviceId device, long last) implements Fork.Known {
        @Override
        public long last(Id entity, String text) {
            return history.last(entity, text, device, last);
        }

        @Override
        public Op.NodeSet renamed(Op.NodeSet set, Fork names) {
            return set;
        }
    }
}
