package dev.heph.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void eachIsAnother() {
        assertThat(IntStream.range(0, 1_000).mapToObj(any -> FreePort.next())).doesNotHaveDuplicates();
    }

    @Test
    void noConnectionIsGivenOne() throws IOException {
        try (var server = new ServerSocket(FreePort.next(), 1, InetAddress.getLoopbackAddress()); var client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));

            assertThat(client.getLocalPort()).isGreaterThanOrEqualTo(32_768);
        }
    }
}
