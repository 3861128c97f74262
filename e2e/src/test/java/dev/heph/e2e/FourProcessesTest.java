package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/** As it is on a device: four processes and the supervisor. */
class FourProcessesTest extends Contract {
    @Override
    void up(Device device) {
        device.heph("up").ok();
        assertThat(Stream.of("store", "auth", "sync", "rpc-gateway", "supervisor")
                        .map(device::process)
                        .distinct())
                .hasSize(5);
    }
}
