package dev.heph.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** A test draws today what it drew yesterday, and each test something else. */
class SeedTest {
    private static final boolean ANOTHER_IS_ASKED_FOR = System.getProperty("heph.seed") != null;
    private static final List<Integer> ONE = new ArrayList<>();
    private static final List<Integer> OTHER = new ArrayList<>();
    /** What {@code one} drew when this was written: in another build, on another machine. */
    private static final List<Integer> ONE_DREW = List.of(2147483647, -2, 41159, 1, -2, 59);

    @Property(tries = 20)
    void one(@ForAll int drawn) {
        ONE.add(drawn);
    }

    @Property(tries = 20)
    void other(@ForAll int drawn) {
        OTHER.add(drawn);
    }

    @AfterContainer
    static void drawnAsBefore() {
        if (!ANOTHER_IS_ASKED_FOR) {
            assertThat(ONE).isNotEqualTo(OTHER).startsWith(ONE_DREW.toArray(Integer[]::new));
        }
    }

    @Example
    void theCallersNameIsTheSeed() {
        Assume.that(!ANOTHER_IS_ASKED_FOR);
        assertThat(Seed.next()).isEqualTo("dev.heph.testing.SeedTest.theCallersNameIsTheSeed".hashCode());
    }

    @Example
    void whoAsksAgainHasTheNext() {
        Set<Long> seeds = new HashSet<>();
        for (int asked = 0; asked < 200; asked++) {
            seeds.add(Seed.next());
        }
        assertThat(seeds).hasSize(200);
    }
}
