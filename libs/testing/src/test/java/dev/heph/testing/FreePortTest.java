package dev.heph.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void eachIsAnother() {
        assertThat(IntStream.range(0, 1_000).mapToObj(any -> FreePort.next())).doesNotHaveDuplicates();
    }

    @Test
    void noConnectionIsGivenOne() throws IOException {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        if (Files.exists(range)) {
            try (var lines = Files.newBufferedReader(range)) { // in one go, or it ends after the first letter
                assumeTrue(lines.readLine().startsWith("32768"), "connections have other ports here than usual");
            }
        }
        try (var server = new ServerSocket(FreePort.next(), 1, InetAddress.getLoopbackAddress()); var client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));

            assertThat(client.getLocalPort()).isGreaterThanOrEqualTo(32_768);
        }
    }
}
