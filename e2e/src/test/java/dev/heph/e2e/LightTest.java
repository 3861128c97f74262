package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/** All services in one process, with the same contract. */
class LightTest extends Contract {
    @Override
    void up(Device device) {
        device.heph("up", "--light").ok();
        assertThat(Stream.of("store", "auth", "sync", "rpc-gateway")
                        .map(device::process)
                        .distinct())
                .hasSize(1);
        assertThat(device.processes()).hasSize(1);
    }
}
