package dev.heph.sync;

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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A device that does nothing but give notes other titles, a parcel of a thousand ops after the other: much, and fast. */
final class Titles {
    static final int NOTES = 999;

    private final DeviceKey key;
    private final Author author;
    private final IdMint ids;
    private final Random random;
    private final List<Id> notes = new ArrayList<>();
    private final OpId[] last = new OpId[NOTES];
    private long millis = 1_795_000_000_000L;

    Titles(long seed) {
        random = new Random(seed);
        byte[] secret = new byte[DeviceKey.SEED_BYTES];
        random.nextBytes(secret);
        key = new DeviceKey(secret);
        author = new Author("personal", key.device(), Head.START);
        ids = new IdMint(() -> millis, random::nextLong);
    }

    /** At first the notes, then a thousand titles, in bundles of {@code together}. */
    byte[] next(int together) {
        List<Bundle> bundles = new ArrayList<>();
        if (notes.isEmpty()) {
            bundles.addAll(beginning());
        } else {
            for (int done = 0; done < Parcel.MAX_OPS; done += together) {
                List<Op> ops = new ArrayList<>();
                for (int at = 0; at < together; at++) {
                    int note = random.nextInt(NOTES);
                    OpId seen = last[note];
                    last[note] = author.nextOp(ops.size());
                    ops.add(new Op.NodeSet(notes.get(note), Field.TITLE, Value.text("Title " + random.nextInt(1_000_000)), List.of(seen)));
                }
                bundles.addAll(write(ops));
            }
        }
        return new Parcel(bundles, new TreeMap<>(Map.of(key.device(), Segment.sign(bundles, key).signature()))).write();
    }

    private List<Bundle> beginning() {
        List<Op> ops = new ArrayList<>(List.of(new Op.DeviceEnrol(key.publicKey(), "titles")));
        for (int note = 0; note < NOTES; note++) {
            notes.add(ids.mint());
            last[note] = author.nextOp(ops.size());
            ops.add(new Op.NodeCreate(notes.get(note), new TreeMap<>(Map.of(Field.KIND, Value.text("doc"), Field.TITLE, Value.text("Note " + note)))));
        }
        return write(ops);
    }

    private List<Bundle> write(List<Op> ops) {
        return author.write(new Hlc(millis++, 0), Action.single(ids.mint()), Collections.emptySortedMap(), ops);
    }
}
