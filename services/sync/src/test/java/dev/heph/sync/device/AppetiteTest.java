package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.op.Page;
import dev.heph.model.op.Parcel;
import dev.heph.sync.wire.Exchange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How large the pages are that a device asks for. */
class AppetiteTest {
    private static final int LARGE = 1 << 20;

    private final AtomicLong nanos = new AtomicLong();
    private final Appetite appetite = new Appetite(nanos::get);

    private int after(int bytes, Duration took) {
        assertThat(appetite.taken(() -> {
            nanos.addAndGet(took.toNanos());
            return new byte[bytes];
        })).hasSize(bytes);
        return appetite.ops();
    }

    private int[] pages(int count, int bytes, Duration took) {
        return IntStream.range(0, count).map(page -> after(bytes, took)).toArray();
    }

    @Test
    void pagesThatComeSoonGrowToALimit() {
        assertThat(appetite.ops()).isEqualTo(1_000);
        assertThat(pages(4, LARGE, Duration.ofMillis(200))).containsExactly(2_000, 4_000, 4_000, 4_000);
    }

    @Test
    void noMoreIsAskedForThanAStoreGives() {
        assertThat(Exchange.MAX_PAGE_OPS).isEqualTo(Page.MAX_OPS);
        assertThat(Exchange.MAX_OPS).isEqualTo(Parcel.MAX_OPS);
    }

    @Test
    void aSmallOneSaysNothing() {
        assertThat(pages(3, 1_000, Duration.ofMillis(2))).containsOnly(1_000);
    }

    @Test
    void whereTheyComeLateTheyAreSmaller() {
        pages(3, LARGE, Duration.ofMillis(200));
        assertThat(after(LARGE, Duration.ofSeconds(3))).isEqualTo(4_000);
        assertThat(pages(4, LARGE, Duration.ofSeconds(6))).containsExactly(2_000, 1_000, 1_000, 1_000);
    }

    @Test
    void afterOneThatDidNotComeTheNextIsTheSmallest() {
        pages(3, LARGE, Duration.ofMillis(200));
        assertThatThrownBy(() -> appetite.taken(() -> {
            throw HubTrouble.offline("no answer within 60 s", null);
        })).isInstanceOf(HubTrouble.class);
        assertThat(appetite.ops()).isEqualTo(1_000);
    }
}
