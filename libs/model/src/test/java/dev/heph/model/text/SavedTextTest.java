package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.op.OpId;
import dev.heph.testing.Seed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The saved form is a cache: right, or refused. */
class SavedTextTest {
    private final byte[] saved = edited().text().save();

    @Test
    void aLoadedTextGoesOnWhereTheSavedOneWas() {
        Replica replica = edited();
        Replica restarted = edited();
        restarted.restart();
        restarted.splice(2, 3, "new");
        replica.splice(2, 3, "new");
        assertThat(restarted).hasToString(replica.toString());
        assertThat(restarted.text().save()).isEqualTo(replica.text().save());
    }

    @Test
    void deletedTextIsSavedSoThatItCanReturn() {
        Replica replica = new Replica(1);
        replica.splice(0, 0, "precious");
        OpId delete = replica.splice(0, 8, "");
        replica.restart();
        replica.undelete(delete);
        assertThat(replica).hasToString("precious");
    }

    @Test
    void anEmptyTextIsSavedToo() {
        assertThat(Text.load(new Text().save())).hasToString("");
    }

    @Test
    void anyChangedByteIsRefused() {
        for (int i = 0; i < saved.length; i++) {
            byte[] damaged = saved.clone();
            damaged[i] ^= (byte) (1 << (i & 7));
            assertRefused(damaged);
        }
    }

    @Test
    void anyMissingEndIsRefused() {
        for (int length = 0; length < saved.length; length++) {
            assertRefused(Arrays.copyOf(saved, length));
        }
        assertRefused(Arrays.copyOf(saved, saved.length + 1));
    }

    @Test
    void damageUnderARightChecksumIsRefusedOrStillAText() {
        long seed = Seed.next();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] forged = saved.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                forged[3 + random.nextInt(forged.length - 7)] = (byte) random.nextInt();
            }
            CRC32C checksum = new CRC32C();
            checksum.update(forged, 0, forged.length - 4);
            ByteBuffer.wrap(forged).putInt(forged.length - 4, (int) checksum.getValue());
            try {
                Text text = Text.load(forged);
                assertThat(text.toString()).as("seed %d", seed).hasSize(text.length());
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> Text.load(bytes)).isInstanceOf(TextException.class);
    }

    private static Replica edited() {
        Replica one = new Replica(1);
        Replica other = new Replica(40_000);
        one.splice(0, 0, "The quick 🦊 jumps\nover the lazy dog\n");
        other.pull(one);
        one.splice(4, 5, "slow");
        OpId delete = other.splice(4, 8, "");
        other.splice(4, 0, "日本");
        one.meet(other);
        other.undelete(delete);
        one.meet(other);
        return one;
    }
}
