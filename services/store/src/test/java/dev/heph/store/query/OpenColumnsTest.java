package dev.heph.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.rank.Blocks;
import dev.heph.model.rank.Board;
import dev.heph.model.rank.Candidate;
import dev.heph.testing.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;

/** What is left out makes no difference. */
class OpenColumnsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @RepeatedTest(200)
    void theRowsCountsAndDatesAreThoseOfTheWholeBoard() {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<Candidate> tasks = new ArrayList<>();
        for (int task = random.nextInt(60); task > 0; task--) {
            tasks.add(new Candidate(new Id(random.nextInt(5), random.nextLong()), Attention.values()[random.nextInt(4)], date(random), date(random),
                    NOW.minus(Duration.ofDays(random.nextInt(4)))));
        }
        List<Blocks> blocks = new ArrayList<>();
        Set<Id> tangled = new HashSet<>();
        for (int edge = tasks.isEmpty() ? 0 : random.nextInt(12); edge > 0; edge--) {
            Blocks one = new Blocks(tasks.get(random.nextInt(tasks.size())).id(), tasks.get(random.nextInt(tasks.size())).id());
            blocks.add(one);
            tangled.addAll(List.of(one.blocker(), one.blocked()));
        }
        int limit = random.nextInt(8);
        Board whole = Board.of(tasks, blocks, NOW);
        OpenColumns open = new OpenColumns();
        open.tangle(random.nextBoolean() ? tangled : Set.of(new Id(1, 1)));
        List<Candidate> gone = new ArrayList<>();
        for (Candidate task : tasks) {
            open.put(new OpenColumns.Open(task, task.doFrom().isEmpty(), Optional.empty()));
            if (random.nextInt(3) == 0) {
                Candidate other = new Candidate(new Id(random.nextInt(5), random.nextLong()), Attention.RED, date(random), date(random), NOW);
                open.put(new OpenColumns.Open(other, true, Optional.empty()));
                gone.add(other);
            }
        }
        Collections.shuffle(gone, random);
        gone.forEach(task -> open.remove(task.id()));
        open.tangle(tangled);
        OpenColumns.Front front = open.front(NOW, limit);

        assertThat(open.tasks()).containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(Board.of(front.first(), blocks, NOW).next(limit)).as("seed " + seed).isEqualTo(whole.next(limit));
        assertThat(Board.of(front.first(), blocks, NOW).offered() + front.others()).as("seed " + seed).isEqualTo(whole.offered());
        assertThat(front.counts()).isEqualTo(whole.counts());
        assertThat(front.unsorted()).isEqualTo((int) tasks.stream().filter(task -> task.doFrom().isEmpty()).count());
        if (whole.next(limit).isEmpty() && blocks.isEmpty() && limit > 0) {
            assertThat(front.soonest().map(Candidate::doFrom)).isEqualTo(whole.nextUp().map(Candidate::doFrom));
        }
        Instant later = front.until().equals(Instant.MAX) ? NOW.plus(Duration.ofDays(999)) : front.until().minusMillis(1);
        assertThat(Board.of(tasks, blocks, later).next(limit)).as("until the next date").isEqualTo(whole.next(limit));
    }

    private static Optional<Instant> date(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(NOW.plus(Duration.ofDays(random.nextInt(5) - 2)));
            default -> Optional.of(NOW.plus(Duration.ofHours(random.nextInt(50) - 25)));
        };
    }
}
