package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.model.op.Parcel;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A first sync of 30,000 ops that is interrupted three times; with {@code -Dheph.long=true} of a million, ten times. Every second time the device is restarted. */
@Timeout(value = 2, unit = TimeUnit.HOURS) // of the long one
class FirstSyncTest {
    private static final boolean LONG = Boolean.getBoolean("heph.long");
    private static final int OPS = LONG ? 1_000_000 : 30_000;
    private static final int CUTS = LONG ? 10 : 3;
    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 20 : 2);

    @TempDir
    Path tmp;

    /** Once by pages, as it is for a device that has something of others already, and once by the snapshot. */
    @Test
    void interruptedAgainAndAgainItComesToItsEnd() throws IOException {
        long seed = Seed.next();
        Titles titles = new Titles(seed);
        try (Replica hub = Replica.hub(tmp.resolve("hub")).start();
                Wire wire = new Wire(hub.port);
                Replica byPages = Replica.device(tmp.resolve("pages"));
                Replica bySnapshot = Replica.device(tmp.resolve("snapshot"))) {
            hub.take(titles.next(1));
            byPages.join(wire.url()).syncNow();
            byPages.sync("hub.leave", Json.object());
            for (int ops = Parcel.MAX_OPS; ops < OPS; ops += Parcel.MAX_OPS) {
                hub.take(titles.next(20));
            }
            long last = hub.store("exchange.state", Json.object()).path("n").asLong();
            byPages.join(wire.url());
            for (int cut = 1; cut <= CUTS; cut++) {
                long at = last * cut / (CUTS + 1);
                await().atMost(PATIENCE).until(() -> pulled(byPages) >= at);
                interrupt(wire, byPages, cut % 2 == 0);
            }
            await().atMost(PATIENCE).until(() -> pulled(byPages) == last);

            await().atMost(PATIENCE).until(() -> hub.store("exchange.snapshot", Json.object()).has("snapshot"));
            long bytes = hub.store("exchange.snapshot", Json.object()).at("/snapshot/bytes").asLong();
            wire.cutAfter(bytes / (CUTS + 1));
            bySnapshot.join(wire.url());
            for (int cut = 1; cut <= CUTS; cut++) {
                await().atMost(PATIENCE).until(wire::isDown);
                interrupt(wire, bySnapshot, cut % 2 == 0);
                wire.cutAfter(cut < CUTS ? bytes / (CUTS + 1) : Long.MAX_VALUE);
            }
            await().atMost(PATIENCE).until(() -> pulled(bySnapshot) == last);

            assertThat(bySnapshot.sql("SELECT count(*) FROM points WHERE n < " + last / 2)).as("pages of the device that had the snapshot, seed %s", seed).isZero();
            for (Replica device : new Replica[] {byPages, bySnapshot}) {
                assertThat(device.digest()).as("seed %s", seed).isEqualTo(hub.digest());
                assertThat(device.sql("SELECT count(*) FROM bundles")).isEqualTo(last);
            }
            System.out.printf("%,d ops, %d bundles, interrupted %d times by pages and by snapshot%n", OPS, last, 2 * CUTS);
        }
    }

    private static void interrupt(Wire wire, Replica device, boolean killed) {
        wire.down();
        await().atMost(PATIENCE).until(() -> device.status().path("state").asText().equals("offline"));
        if (killed) {
            device.stop();
            device.start();
        }
        wire.up();
    }

    private static long pulled(Replica device) {
        return device.status().path("pulled_n").asLong();
    }
}
