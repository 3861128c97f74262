package dev.heph.bench;

import dev.heph.model.id.Id;
import dev.heph.model.id.IdMint;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Segment;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A device that makes some thousand tasks and then gives one of them another title, again and again: the same work for every peer. */
final class Renames {
    static final int TASKS = 5_000;

    private final DeviceKey key;
    private final Author author;
    private final IdMint ids;
    private final Random random;
    private final List<Id> tasks = new ArrayList<>();
    private final OpId[] last;
    private long millis = 1_795_000_000_000L;

    Renames(int number) {
        this(number, TASKS);
    }

    /** @param number below 256: which device it is */
    Renames(int number, int tasks) {
        last = new OpId[tasks];
        byte[] seed = new byte[DeviceKey.SEED_BYTES];
        Arrays.fill(seed, (byte) number);
        key = new DeviceKey(seed);
        author = new Author("personal", key.device(), Head.START);
        random = new Random(number);
        ids = new IdMint(() -> millis, random::nextLong);
    }

    String device() {
        return key.device().toString();
    }

    /** The device's introduction and its tasks, at most a thousand ops in each. */
    List<Parcel> beginning() {
        List<Parcel> parcels = new ArrayList<>();
        List<Op> ops = new ArrayList<>(List.of(new Op.DeviceEnrol(key.publicKey(), "bench")));
        for (int task = 0; task < last.length; task++) {
            Id id = ids.mint();
            tasks.add(id);
            last[task] = author.nextOp(ops.size());
            ops.add(new Op.NodeCreate(id, new TreeMap<>(Map.of(Field.KIND, Value.text("task"), Field.TITLE, Value.text("Task " + task)))));
            if (ops.size() == Bundle.MAX_OPS || task == last.length - 1) {
                parcels.add(signed(write(ops)));
                ops = new ArrayList<>();
            }
        }
        return parcels;
    }

    /** So many new titles, in bundles of {@code together}. */
    Parcel next(int renames, int together) {
        List<Bundle> bundles = new ArrayList<>();
        for (int done = 0; done < renames; done += together) {
            List<Op> ops = new ArrayList<>();
            for (int at = 0; at < together; at++) {
                int task = random.nextInt(last.length);
                OpId seen = last[task];
                last[task] = author.nextOp(ops.size());
                ops.add(new Op.NodeSet(tasks.get(task), Field.TITLE, Value.text("Task renamed to " + random.nextInt(100_000)), List.of(seen)));
            }
            bundles.addAll(write(ops));
        }
        return signed(bundles);
    }

    private List<Bundle> write(List<Op> ops) {
        return author.write(new Hlc(millis++, 0), Action.single(ids.mint()), Collections.emptySortedMap(), ops);
    }

    private Parcel signed(List<Bundle> bundles) {
        return new Parcel(bundles, new TreeMap<>(Map.of(key.device(), Segment.sign(bundles, key).signature())));
    }
}
