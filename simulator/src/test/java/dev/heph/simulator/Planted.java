package dev.heph.simulator;

import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Head;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Segment;
import dev.heph.model.recur.Occurrence;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.model.text.CharId;
import dev.heph.store.replica.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bugs of different kinds, as a product like this one has had them: planted by the test, each to be found. */
enum Planted implements Meddling {
    /** One device shows what another deleted. */
    FORGETS_TOMBSTONES {
        @Override
        public List<String> inDatabaseOf(int peer) {
            return peer == 1 ? List.of("CREATE TEMP TRIGGER planted BEFORE INSERT ON tombstones BEGIN SELECT RAISE (IGNORE); END") : List.of();
        }
    },

    /** An edit brings back what was deleted, everywhere. */
    RESURRECTS_WHAT_IS_EDITED {
        @Override
        public List<String> inDatabaseOf(int peer) {
            return List.of("CREATE TEMP TRIGGER planted AFTER INSERT ON ops WHEN new.type = 'text.edit'"
                    + " BEGIN DELETE FROM tombstones WHERE entity = new.target; END");
        }
    },

    /** What a write has seen is not taken away, everywhere: one edit after the other looks like a race. */
    DROPS_WHAT_WAS_SEEN {
        @Override
        public List<String> inDatabaseOf(int peer) {
            return List.of("CREATE TEMP TRIGGER planted BEFORE DELETE ON tips BEGIN SELECT RAISE (IGNORE); END");
        }
    },

    /** One device does not ask what the others ask. */
    KEEPS_CONFLICTS_TO_ITSELF {
        @Override
        public List<String> inDatabaseOf(int peer) {
            return peer == 1 ? List.of("CREATE TEMP TRIGGER planted BEFORE INSERT ON conflicts BEGIN SELECT RAISE (IGNORE); END") : List.of();
        }
    },

    /** A message that comes twice is taken in twice. */
    TAKES_TWICE {
        @Override
        public void cameAgain(Peer peer, Segment segment) {
            segment.bundles().forEach(bundle -> {
                for (int index = 0; index < bundle.ops().size(); index++) {
                    Op op = bundle.ops().get(index);
                    int at = index;
                    peer.look(facts -> {
                        switch (op) {
                            case Op.Tombstone deleted -> facts.addTombstone(deleted.target(), bundle.opId(at));
                            case Op.LinkAdd(Op.Link link) -> facts.addTag(link, bundle.opId(at));
                            case Op.NodeSet(Id node, Field field, Value value, List<OpId> seen) -> facts.register(node, field, facts.register(node, field)
                                    .with(new Write(bundle.opId(at), bundle.header().hlc(), value, false), seen));
                            default -> { }
                        }
                        return null;
                    });
                }
            });
        }
    },

    /** The end of a long text is lost on its way to the store. */
    LOSES_THE_TAIL {
        private static final int MOST = 1_000;

        @Override
        public String saved(String text) {
            return text.length() <= MOST ? text : text.substring(0, MOST);
        }
    },

    /** Who is through with an occurrence finds the box of the next one ticked. */
    CARRIES_A_TICK_ON {
        @Override
        public void closed(Work work, Change change, Id task, Id occurrence) {
            Id context = DerivedId.canonicalContext(task);
            Optional<CharId> box = work.tx().first("SELECT character FROM boxes WHERE space = 1 AND entity = ?",
                    row -> Mark.character(row.getString(1)).orElseThrow(), context);
            Optional<Id> next = work.peer().recurring().definition(task).flatMap(definition ->
                    definition.occurrences().coming(work.peer().recurring().now(definition.recurrence())).map(Occurrence::id)
                            .filter(coming -> !coming.equals(occurrence)).findFirst());
            if (box.isPresent() && next.isPresent()) {
                change.set(context, Mark.field(box.get(), next), Value.text(Box.TICKED));
            }
        }
    },

    /** It is acknowledged before it is on disk. */
    ACKNOWLEDGES_TOO_EARLY {
        @Override
        public boolean isDurable() {
            return false;
        }
    },

    /** Who speak to each other compare numbers alone: a copy that has written as much goes unnoticed. */
    NOTICES_NO_COPY {
        @Override
        public Map<DeviceId, Long> common(Peer from, Peer to) {
            Map<DeviceId, Head> there = to.knows();
            Map<DeviceId, Long> common = new HashMap<>();
            from.knows().forEach((device, head) -> common.put(device, Math.min(head.seq(), there.getOrDefault(device, Head.START).seq())));
            return common;
        }
    },

    /** A device is never sent what it wrote itself: one that comes back from a backup does not get it back. */
    KEEPS_WHAT_IS_ITS_OWN {
        @Override
        public Map<DeviceId, Long> common(Peer from, Peer to) {
            Map<DeviceId, Long> common = from.common(to);
            common.put(to.device(), Long.MAX_VALUE);
            return common;
        }
    },

    /** A newer version goes on with what the one before it made of the log. */
    READS_NOTHING_AGAIN {
        @Override
        public boolean readsAgain() {
            return false;
        }
    }
}
