package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.runtime.Json;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the gateway adds to a request: measured against a store that answers at once. The bound is loose, for busy
 * machines.
 */
class LatencyTest {
    private static final int WARM_UP = 3_000;
    private static final int MEASURED = 2_000;

    @Test
    void theWayThroughTheGatewayIsShort(@TempDir Path directory) {
        try (Rig rig = new Rig(directory)) {
            rig.store.answer("node.update", params -> Json.object().put("ok", true));
            Client client = rig.connect();
            long[] nanos = new long[MEASURED];
            for (int i = -WARM_UP; i < MEASURED; i++) {
                long start = System.nanoTime();
                client.call("node.update", "{\"id\":\"k3f9\",\"title\":\"t\"}");
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
            Arrays.sort(nanos);

            System.out.printf("socket, gateway, store and back: median %d µs, p99 %d µs%n",
                    nanos[MEASURED / 2] / 1_000, nanos[MEASURED * 99 / 100] / 1_000);
            assertThat(nanos[MEASURED / 2]).isLessThan(5_000_000);
        }
    }
}
