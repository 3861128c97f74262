package dev.heph.model.merge;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Devices;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.HlcClock;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Run;
import dev.heph.model.text.Splice;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One device in memory: it writes bundles, takes in those of others in whatever order they come, and holds each back until
 * everything that its author had seen is there. The seed of the simulator.
 */
final class Replica {
    private final DeviceId device;
    private final long client;
    private final Author author;
    private final HlcClock clock = new HlcClock(Hlc.ZERO);
    private MemoryFacts facts = new MemoryFacts();
    private final List<Bundle> log = new ArrayList<>();
    private final List<Bundle> waiting = new ArrayList<>();
    private final List<OpId> unapplied = new ArrayList<>();
    private final Map<DeviceId, Head> heads = new TreeMap<>();
    private final SortedMap<DeviceId, Head> advanced = new TreeMap<>();
    private long wallMillis = 1_000;

    Replica(String name) {
        device = Devices.device(name);
        client = device.id().low() & 0xFFFF_FFFFL;
        author = new Author(Header.PERSONAL, device, Head.START);
    }

    DeviceId device() {
        return device;
    }

    MemoryFacts facts() {
        return facts;
    }

    /** Every bundle applied, in the order in which it was. */
    List<Bundle> log() {
        return List.copyOf(log);
    }

    List<OpId> unapplied() {
        return List.copyOf(unapplied);
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    void wallClock(long millis) {
        wallMillis = millis;
    }

    /** One action, in one bundle. */
    Bundle write(Op... ops) {
        Hlc stamp = clock.tick(wallMillis);
        Id action = new Id(stamp.millis() << Short.SIZE | stamp.counter(), device.id().low());
        Bundle bundle = author.write(stamp, Action.single(action), new TreeMap<>(advanced), Arrays.asList(ops)).getFirst();
        advanced.clear();
        apply(bundle);
        return bundle;
    }

    Bundle create(Id node, Map<Field, Value> fields) {
        return write(new Op.NodeCreate(node, new TreeMap<>(fields)));
    }

    Bundle set(Id node, Field field, Value value) {
        return write(new Op.NodeSet(node, field, value, facts.register(node, field).seen()));
    }

    Bundle edit(Id node, int position, int deleted, String inserted) {
        TextEdit edit = facts.text(node, "body").plan(client, List.of(new Splice(position, deleted, inserted)));
        return write(new Op.TextChange(node, "body", edit, Optional.empty()));
    }

    /** What others may write alike, characters and all, before they hear of it: by a client that follows from it. */
    Bundle alike(Id node, long client, String text) {
        TextEdit edit = new TextEdit(client, 0, List.of(new Run(null, null, text)), List.of(), List.of());
        return write(new Op.TextChange(node, "body", edit, Optional.empty()));
    }

    /** Undoes {@link #alike}. */
    Bundle takeBack(Id node, long client, long length) {
        TextEdit back = new TextEdit(CharId.clientOf(device), 0, List.of(), List.of(new DeleteRange(client, 0, length)), List.of());
        return write(new Op.TextChange(node, "body", back, Optional.empty()));
    }

    /** Undoes what took back. */
    Bundle again(Id node, OpId back, long client, long length) {
        TextEdit again = new TextEdit(CharId.clientOf(device), 0, List.of(), List.of(), List.of(new Undelete(back, new DeleteRange(client, 0, length))));
        return write(new Op.TextChange(node, "body", again, Optional.empty()));
    }

    Bundle link(Op.Link link) {
        return write(new Op.LinkAdd(link));
    }

    Bundle unlink(Op.Link link) {
        return write(new Op.LinkRemove(link, List.copyOf(facts.tags(link))));
    }

    Bundle delete(Id node) {
        return write(new Op.Tombstone(node));
    }

    Bundle restore(Id node) {
        return write(new Op.Restore(node, List.copyOf(facts.tombstones(node))));
    }

    Register register(Id node, Field field) {
        return facts.register(node, field);
    }

    String body(Id node) {
        return facts.text(node, "body").toString();
    }

    Version version(Id node) {
        return facts.version(node, "body");
    }

    /** Takes in what the other has, in its order. */
    void pull(Replica other) {
        other.log().forEach(this::receive);
    }

    /** Takes in one bundle, now or when what it builds on has come. One that is known already changes nothing. */
    void receive(Bundle bundle) {
        waiting.add(bundle);
        do {
            waiting.removeIf(this::isKnown);
        } while (takeNextReady());
    }

    private boolean takeNextReady() {
        Optional<Bundle> ready = waiting.stream().filter(this::isReady).findFirst();
        ready.ifPresent(bundle -> {
            waiting.remove(bundle);
            clock.receive(bundle.header().hlc(), wallMillis);
            advanced.put(bundle.header().device(), bundle.head());
            apply(bundle);
        });
        return ready.isPresent();
    }

    private boolean isKnown(Bundle bundle) {
        return head(bundle.header().device()).seq() >= bundle.header().lastSeq();
    }

    /** The whole of causal delivery: the chain goes on without a gap, and the heads it names are here. */
    private boolean isReady(Bundle bundle) {
        Header header = bundle.header();
        Head last = head(header.device());
        return header.firstSeq() == last.seq() + 1
                && header.previous().equals(last.chain())
                && header.heads().entrySet().stream()
                        .allMatch(named -> head(named.getKey()).seq() >= named.getValue().seq());
    }

    private Head head(DeviceId of) {
        return heads.getOrDefault(of, Head.START);
    }

    private void apply(Bundle bundle) {
        unapplied.addAll(Merge.apply(facts, bundle));
        heads.put(bundle.header().device(), bundle.head());
        log.add(bundle);
        if (bundle.ops().stream().anyMatch(Op.DeviceRevoke.class::isInstance)) {
            unapplied.clear();
            facts = anew(log, unapplied);
        }
    }

    /** The facts of a log, knowing from the first bundle on whose right to write ends where. */
    static MemoryFacts anew(List<Bundle> log, List<OpId> unapplied) {
        MemoryFacts known = new MemoryFacts();
        log.forEach(bundle -> Merge.apply(known, bundle));
        MemoryFacts facts = new MemoryFacts();
        log.stream().map(bundle -> bundle.header().device()).distinct().forEach(device -> known.ended(device).ifPresent(end -> facts.revoke(device, end)));
        log.forEach(bundle -> unapplied.addAll(Merge.apply(facts, bundle)));
        return facts;
    }

    /** Each takes in what the others have. */
    static void exchange(Replica... replicas) {
        for (Replica one : replicas) {
            for (Replica other : replicas) {
                if (one != other) {
                    one.pull(other);
                }
            }
        }
    }
}
