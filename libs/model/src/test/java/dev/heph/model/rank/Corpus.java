package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random tasks whose dates, ages and attentions often tie, and random blocks among them, with cycles and ends that are gone. */
record Corpus(List<Candidate> open, List<Blocks> blocks) {
    private static final int DAY_SECONDS = 86_400;

    /** Blocks are up to one and a half for each task: at random few, so chains, or many, so cycles. */
    static Corpus random(Random random, int tasks) {
        List<Candidate> open = new ArrayList<>();
        for (int at = 0; at < tasks; at++) {
            open.add(new Candidate(new Id(0, at), Attention.values()[random.nextInt(4)], date(random), date(random),
                    Notation.NOW.minusSeconds(random.nextInt(3))));
        }
        List<Blocks> blocks = new ArrayList<>();
        for (int left = random.nextInt(tasks * 3 / 2 + 1); left > 0; left--) {
            blocks.add(new Blocks(new Id(0, random.nextInt(tasks + 1)), new Id(0, random.nextInt(tasks + 1))));
        }
        Collections.shuffle(open, random);
        return new Corpus(open, blocks);
    }

    Corpus shuffled(Random random) {
        List<Candidate> tasks = new ArrayList<>(open);
        List<Blocks> edges = new ArrayList<>(blocks);
        Collections.shuffle(tasks, random);
        Collections.shuffle(edges, random);
        return new Corpus(tasks, edges);
    }

    Board board() {
        return Board.of(open, blocks, Notation.NOW);
    }

    /** From two days ago to two days ahead, often this very moment or none. */
    private static Optional<Instant> date(Random random) {
        return random.nextInt(3) == 0 ? Optional.empty()
                : Optional.of(Notation.NOW.plusSeconds((long) DAY_SECONDS * (random.nextInt(5) - 2)));
    }
}
