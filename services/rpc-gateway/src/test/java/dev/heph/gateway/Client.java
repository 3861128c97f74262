package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A surface on the socket, as thin as can be, so that tests see the bytes. */
final class Client implements AutoCloseable {
    private static final String END = "(end)";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Client(SocketChannel channel) {
        this.channel = channel;
    }

    static Client connect(Path socket) {
        Client client = connectWithoutReading(socket);
        Thread.ofVirtual().start(client::read);
        return client;
    }

    static Client connectWithoutReading(Path socket) {
        try {
            return new Client(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a line. */
    Client send(String line) {
        return send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Client send(byte[] bytes) {
        try {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will come. */
    void end() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode call(String method, String params) {
        return send(request(1, method, params)).next();
    }

    static String request(Object id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** The next line that comes. */
    JsonNode next() {
        return Json.read(nextLine().getBytes(StandardCharsets.UTF_8));
    }

    String nextLine() {
        Optional<String> line = nextLine(PATIENCE);
        assertThat(line).as("a line from the gateway").isPresent();
        return line.get();
    }

    private Optional<String> nextLine(Duration patience) {
        try {
            return Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void expectEnd() {
        assertThat(nextLine()).isEqualTo(END);
    }

    /** Whether a line with that text comes in time; what comes before it is passed over. */
    boolean hears(String text, Duration patience) {
        for (Optional<String> line = nextLine(patience); line.isPresent(); line = nextLine(patience)) {
            if (line.get().contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing came but the answer to a request that is sent now. */
    void expectSilence() {
        JsonNode answer = send(request("\"silence\"", "no.such", "{}")).next();
        assertThat(answer.path("id").asText()).isEqualTo("silence");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            // told below
        }
        lines.add(END);
    }
}
