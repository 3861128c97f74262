package dev.heph.model.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdMintTest {
    private static final long NOW = 1_795_237_200_000L;

    private final SplittableRandom random = new SplittableRandom(1);
    private final AtomicLong clock = new AtomicLong(NOW);
    private final IdMint mint = new IdMint(clock::get, random::nextLong);

    @Test
    void anIdIsAUuidOfVersion7() {
        Id id = mint.mint();
        assertThat(id.millis()).isEqualTo(NOW);
        assertThat(id.high() >>> 12 & 0xF).as("version, RFC 9562 §4.2").isEqualTo(7);
        assertThat(id.low() >>> 62).as("variant, RFC 9562 §4.1").isEqualTo(0b10);
    }

    @Test
    void allBitsButVersionAndVariantAreUsed() {
        long low = 0;
        for (int i = 0; i < 1_000; i++) {
            low |= mint.mint().low();
        }
        assertThat(low).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
    }

    @Test
    void idsAscendWhileTheClockStandsStill() {
        assertAscending(mints(10_000));
    }

    @Test
    void idsAscendWhenTheClockGoesBack() {
        List<Id> ids = new ArrayList<>();
        for (int step : new int[] {0, 5, -3, -60_000, 1, -1, 120_000}) {
            clock.addAndGet(step);
            ids.addAll(mints(5_000));
        }
        assertAscending(ids);
    }

    @Test
    void idsNeverRunFarAheadOfTheClock() {
        List<Id> ids = mints(4_096 * 3 + 1);
        assertThat(ids.getLast().millis()).as("a full counter takes the next millisecond").isEqualTo(NOW + 3);
    }

    @Test
    void oneSeedAndClockGiveOneSeriesOfIds() {
        IdMint again = new IdMint(() -> NOW, new SplittableRandom(1)::nextLong);
        assertThat(mints(100)).isEqualTo(mints(again, 100));
    }

    @Test
    void aMillionIdsFromFourThreadsAreUniqueAndAscendInEach() throws Exception {
        int threads = 4;
        int each = 250_000;
        AtomicLong bits = new AtomicLong();
        IdMint shared = new IdMint(() -> NOW + bits.get() / 10_000, bits::incrementAndGet);
        List<Id> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Callable<List<Id>> minting = () -> mints(shared, each);
            List<Future<List<Id>>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                results.add(pool.submit(minting));
            }
            for (Future<List<Id>> result : results) {
                assertAscending(result.get());
                all.addAll(result.get());
            }
        }
        Id[] sorted = all.toArray(Id[]::new);
        Arrays.sort(sorted);
        assertAscending(List.of(sorted));
        assertThat(sorted).hasSize(threads * each);
    }

    private List<Id> mints(int count) {
        return mints(mint, count);
    }

    private static List<Id> mints(IdMint mint, int count) {
        List<Id> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(mint.mint());
        }
        return ids;
    }

    /** Strictly, so that no two are equal. */
    private static void assertAscending(List<Id> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
                assertThat(ids.get(i)).as("id " + i).isGreaterThan(ids.get(i - 1));
            }
        }
    }
}
