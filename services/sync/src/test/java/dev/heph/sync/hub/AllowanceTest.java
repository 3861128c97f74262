package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // such a clock may overflow
    private final Allowance allowance = new Allowance(10, 2, nanos::get);

    private long taken(String who, int tries) {
        return IntStream.range(0, tries).filter(each -> allowance.take(who)).count();
    }

    @Test
    void soMuchAtOnceAndThenSoMuchASecond() {
        assertThat(taken("ada", 50)).isEqualTo(10);
        nanos.addAndGet(1_500_000_000L);
        assertThat(taken("ada", 50)).isEqualTo(3);
        nanos.addAndGet(3_600_000_000_000L);
        assertThat(taken("ada", 50)).isEqualTo(10);
    }

    @Test
    void toLookTakesNothing() {
        taken("ada", 9);
        assertThat(IntStream.range(0, 50).filter(each -> allowance.spent("ada"))).isEmpty();
        taken("ada", 1);
        assertThat(allowance.spent("ada")).isTrue();
        nanos.addAndGet(500_000_000L);
        assertThat(allowance.spent("ada")).isFalse();
    }

    @Test
    void whatOneTakesIsNotTakenFromAnother() {
        assertThat(taken("ada", 50)).isEqualTo(10);
        assertThat(taken("bob", 50)).isEqualTo(10);
    }

    @Test
    void howeverManyThereAreTheyTakeNoMoreRoom() {
        IntStream.range(0, 30_000).forEach(who -> allowance.take("somebody " + who));
        assertThat(taken("somebody 29999", 50)).isEqualTo(9);
        assertThat(taken("somebody 1", 50)).as("forgotten").isEqualTo(10);
    }
}
