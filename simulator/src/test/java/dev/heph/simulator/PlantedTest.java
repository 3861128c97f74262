package dev.heph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator finds what is wrong, says how it comes about, and says it again. */
class PlantedTest {
    /** In fewer than the check has. */
    private static final long SEEDS = 500;

    /** A person reads so many steps. */
    private static final int FEW = 12;

    private static final Stores STORES = new Stores();

    @AfterAll
    static void close() {
        STORES.close();
    }

    private static Simulation.Outcome run(Plan plan, Meddling meddling) {
        return Simulation.run(plan, STORES, meddling);
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFoundAndMadeSmall(Planted bug) {
        Plan failing = LongStream.range(0, SEEDS).mapToObj(seed -> Seeds.plan(seed, false))
                .filter(plan -> !run(plan, bug).isWell())
                .findFirst()
                .orElseThrow(() -> new AssertionError(bug + " is not found in " + SEEDS + " seeds"));
        Plan least = Shrink.of(failing, plan -> !run(plan, bug).isWell());
        Simulation.Outcome shrunk = run(least, bug);
        System.out.println(bug + ": " + Main.failure(run(failing, bug), STORES, bug));
        assertThat(shrunk.isWell()).isFalse();
        assertThat(least.steps()).hasSizeLessThanOrEqualTo(FEW);
        assertThat(least.steps()).as("each of them is needed").allSatisfy(step ->
                assertThat(run(least.with(least.steps().stream().filter(other -> other != step).toList()), bug).isWell()).isTrue());
        assertThat(run(failing, Meddling.NONE).broken()).as("without the bug").isEmpty();
    }

    @Test
    void aSeedTellsTheSameAgain() {
        List<Simulation.Outcome> once = LongStream.range(0, 20).mapToObj(seed -> run(Seeds.plan(seed, false), Meddling.NONE)).toList();
        try (Stores others = new Stores()) {
            once.forEach(outcome -> assertThat(Simulation.run(outcome.plan(), others, Meddling.NONE).told())
                    .as("seed %d", outcome.plan().seed()).isEqualTo(outcome.told()));
        }
    }
}
