package dev.heph.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever people do on whatever devices and networks: they all end up with the same, and nothing is lost. */
class SimulatorTest {
    private static final boolean LONG = Boolean.getBoolean("heph.long");
    private static final long SEEDS = Long.getLong("heph.seeds", LONG ? 10_000 : 2_000);

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void allEndUpWithTheSame() {
        Seeds.Report report = Seeds.run(Long.getLong("heph.seed", 0), SEEDS, LONG);
        System.out.println(report);
        assertThat(report.failures()).as("seeds that fail; again: simulator/run SEED" + (LONG ? " --long" : "")).isEmpty();
    }
}
