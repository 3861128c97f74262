package dev.heph.model.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Boards as large and as tangled as they come: no depth or number of ways may matter. The limits catch quadratic work only. */
@Timeout(10)
class BoardSizeTest {
    private static final int MANY = 50_000;

    @Test
    void aChainOfFiftyThousand() {
        List<Blocks> chain = chain(MANY);
        List<Row> rows = Board.of(tasks(MANY), chain, Notation.NOW).next(5);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.task().id()).isEqualTo(new Id(0, 0));
            assertThat(row.attention()).isEqualTo(Attention.RED);
            assertThat(row.unblocks()).hasSize(MANY - 1).startsWith(new Id(0, MANY - 1), new Id(0, 1));
        });
    }

    @Test
    void aCycleOfFiftyThousand() {
        List<Blocks> cycle = chain(MANY);
        cycle.add(new Blocks(new Id(0, MANY - 1), new Id(0, 0)));
        List<Row> rows = Board.of(tasks(MANY), cycle, Notation.NOW).next(5);
        assertThat(rows).hasSize(5).allMatch(Row::inCycle).allMatch(row -> row.unblocks().isEmpty());
        assertThat(rows.getFirst().task().id()).isEqualTo(new Id(0, MANY - 1));
    }

    @Test
    void oneBehindFiftyThousand() {
        List<Blocks> blocks = new ArrayList<>();
        for (int at = 0; at < MANY - 1; at++) {
            blocks.add(new Blocks(new Id(0, at), new Id(0, MANY - 1)));
        }
        Board board = Board.of(tasks(MANY), blocks, Notation.NOW);
        assertThat(board.next(5)).hasSize(MANY - 1).allMatch(row -> row.attention() == Attention.RED);
        assertThat(board.hidden(5)).singleElement().isInstanceOf(Hidden.Blocked.class);
    }

    /** Layers of ten, each waiting for all of the one before: 10^100 ways lead from the first to the last. */
    @Test
    void moreWaysThanCanBeCounted() {
        List<Blocks> blocks = new ArrayList<>();
        for (int at = 0; at < 1_000; at++) {
            for (int before = 0; before < 10; before++) {
                blocks.add(new Blocks(new Id(0, at / 10 * 10 + before), new Id(0, at + 10)));
            }
        }
        List<Row> rows = Board.of(tasks(1_010), blocks, Notation.NOW).next(5);
        assertThat(rows).hasSize(10).allMatch(row -> row.attention() == Attention.RED).allMatch(row -> row.unblocks().size() == 1_000);
    }

    @Test
    void aHundredThousandTasksWithAThousandBlocks() {
        Random random = new Random(3);
        List<Candidate> open = new ArrayList<>();
        for (int at = 0; at < 100_000; at++) {
            open.add(new Candidate(new Id(0, at), random.nextInt(4) == 0 ? Attention.BLUE : Attention.WHITE,
                    random.nextBoolean() ? Optional.empty() : Optional.of(Notation.NOW.plusSeconds(random.nextInt(20_000) - 10_000)),
                    Optional.empty(), Notation.NOW.minusSeconds(random.nextInt(100_000))));
        }
        List<Blocks> blocks = new ArrayList<>();
        for (int at = 0; at < 1_000; at++) {
            blocks.add(new Blocks(new Id(0, random.nextInt(100_000)), new Id(0, random.nextInt(100_000))));
        }
        Board board = Board.of(open, blocks, Notation.NOW);
        assertThat(board.next(5)).hasSize(5).isEqualTo(board.next(100_000).subList(0, 5));
        assertThat(board.hidden(5)).hasSize(99_995);
    }

    /** All white but the last, which is red. */
    private static List<Candidate> tasks(int count) {
        List<Candidate> tasks = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            tasks.add(new Candidate(new Id(0, at), at == count - 1 ? Attention.RED : Attention.WHITE, Optional.empty(),
                    Optional.empty(), Notation.NOW));
        }
        return tasks;
    }

    private static List<Blocks> chain(int count) {
        List<Blocks> chain = new ArrayList<>();
        for (int at = 1; at < count; at++) {
            chain.add(new Blocks(new Id(0, at - 1), new Id(0, at)));
        }
        return chain;
    }
}
