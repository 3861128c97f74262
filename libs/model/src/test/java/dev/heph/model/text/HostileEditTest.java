package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.heph.model.op.OpId;
import dev.heph.testing.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of edits that somebody damaged or forged: refused, and the text is as it was; or an edit like any other. */
class HostileEditTest {
    private static final OpId OP = Replica.op(1, 1_000);
    private static final int TRIES = 30_000;

    @Test
    void damagedEditsAreRefusedAndChangeNothingOrAreEditsLikeAnyOther() {
        long seed = Seed.next();
        Random random = new Random(seed);
        Replica author = edited();
        List<byte[]> sent = author.ops().stream().map(author::edit).map(TextEditCodec::write).toList();
        byte[] before = author.text().save();
        Text text = Text.load(before);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = damaged(sent.get(random.nextInt(sent.size())), random);
            try {
                TextEdit edit = TextEditCodec.read(damaged);
                text.apply(OP, edit);
                assertLikeAnyOther(text, edit, before);
                text = Text.load(before);
            } catch (TextException right) {
                refused++;
                assertThat(right.getMessage()).as("seed %d, try %d", seed, i).isNotBlank();
                assertThat(text.save()).as("seed %d, try %d: %s", seed, i, right.getMessage()).isEqualTo(before);
            } catch (RuntimeException wrong) {
                fail("seed %d, try %d".formatted(seed, i), wrong);
            }
        }
        assertThat(refused).as("seed %d: both kinds were tried", seed).isBetween(TRIES / 10, TRIES * 9 / 10);
    }

    /** Another replica makes the same of it, it can be saved, and a second time changes nothing. */
    private static void assertLikeAnyOther(Text text, TextEdit edit, byte[] before) {
        byte[] after = text.save();
        Text other = Text.load(before);
        other.apply(OP, TextEditCodec.read(TextEditCodec.write(edit)));
        other.apply(OP, edit);
        assertThat(other.save()).isEqualTo(after);
        assertThat(text.toString()).hasSize(text.length()).isEqualTo(Text.load(after).toString());
    }

    /** Some bytes changed, moved, doubled or missing; small numbers mostly, which are where the clocks and clients are. */
    private static byte[] damaged(byte[] sent, Random random) {
        byte[] bytes = sent.clone();
        switch (random.nextInt(8)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
            case 2 -> {
                int from = random.nextInt(bytes.length);
                System.arraycopy(sent, random.nextInt(from + 1), bytes, from, bytes.length - from);
            }
            default -> {
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    int at = random.nextInt(bytes.length);
                    bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] + random.nextInt(7) - 3);
                }
            }
        }
        return bytes;
    }

    /** A text by three clients, with deleted text, text that came back, and characters that are pairs. */
    private static Replica edited() {
        Replica one = new Replica(1);
        Replica two = new Replica(2);
        Replica three = new Replica(3);
        one.splice(0, 0, "The quick 🦊 jumps");
        two.pull(one);
        three.pull(one);
        one.splice(4, 5, "slow");
        OpId delete = two.edit(List.of(new Splice(0, 3, "A"), new Splice(10, 2, "日本"), new Splice(18, 0, "!")));
        three.splice(4, 8, "");
        one.pull(two);
        one.pull(three);
        one.undelete(delete);
        one.splice(2, 0, "x");
        return one;
    }
}
