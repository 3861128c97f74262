package dev.heph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever people do on whatever devices and networks: they all end up with the same, and nothing is lost. */
class SimulatorTest {
    private static final boolean LONG = Boolean.getBoolean("heph.long");
    private static final long SEEDS = Long.getLong("heph.seeds", LONG ? 10_000 : 2_000);

    /** So many seeds see everything. */
    private static final long MANY = 2_000;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void allEndUpWithTheSame() {
        Seeds.Report report = Seeds.run(Long.getLong("heph.seed", 0), SEEDS, LONG);
        System.out.println(report);
        System.out.println(report.tally());
        assertThat(report.failures()).as("seeds that fail; again: simulator/run SEED" + (LONG ? " --long" : "")).isEmpty();
        if (SEEDS >= MANY) {
            assertThat(Stream.of(Act.values()).filter(act -> !act.isOfNetwork())).allSatisfy(act ->
                    assertThat(report.tally().of(act.name())).as("times that people did this: %s", act).isPositive());
            assertThat(Stream.of("whole", "doubled", "lost", "cut", "altered")).allSatisfy(fate ->
                    assertThat(report.tally().of("message " + fate)).as("messages that were %s", fate).isPositive());
            assertThat(Stream.of("COPY", "COME_BACK", "RESTORED", "UPGRADE", "took 1 new ids", "took 2 new ids")).allSatisfy(what ->
                    assertThat(report.tally().of(what)).as("devices: %s", what).isPositive());
            assertThat(Stream.of("field", "body", "delete", "cycle")).allSatisfy(kind ->
                    assertThat(report.tally().of("conflict " + kind)).as("conflicts: %s", kind).isPositive());
        }
    }
}
