package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.id.IdMint;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.HlcClock;
import dev.heph.model.op.Op;
import dev.heph.model.op.Segment;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.Splice;
import dev.heph.model.text.Text;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** H-008: time and randomness come from outside, so one clock and one seed give one log, byte for byte. */
class DeterminismTest {
    @Test
    void oneClockAndSeedGiveByteIdenticalBundles() {
        assertThat(run(7)).isEqualTo(run(7));
        assertThat(run(7)).isNotEqualTo(run(8));
    }

    private static byte[] run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AtomicLong clock = new AtomicLong(1_795_237_200_000L);
        IdMint mint = new IdMint(clock::incrementAndGet, random::nextLong);
        HlcClock stamps = new HlcClock(Hlc.ZERO);
        byte[] keySeed = new byte[DeviceKey.SEED_BYTES];
        random.nextBytes(keySeed);
        DeviceKey key = new DeviceKey(keySeed);
        Author author = new Author(Header.PERSONAL, key.device(), Head.START);
        long client = random.nextLong(1L << 32);

        List<Bundle> bundles = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Id node = mint.mint();
            TreeMap<Field, Value> fields = new TreeMap<>();
            fields.put(Field.KIND, Value.text("doc"));
            fields.put(Field.TITLE, Value.text("Note " + i));
            Op create = new Op.NodeCreate(node, fields);
            Op body = new Op.TextChange(node, "body",
                    new Text().plan(client, List.of(new Splice(0, 0, "Body " + i))), Optional.empty());
            bundles.addAll(author.write(stamps.tick(clock.get()), Action.single(mint.mint()), new TreeMap<>(),
                    List.of(create, body)));
        }
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        bundles.forEach(bundle -> {
            log.writeBytes(bundle.headerBytes());
            log.writeBytes(bundle.payload());
        });
        log.writeBytes(Segment.sign(bundles, key).signature());
        return log.toByteArray();
    }
}
