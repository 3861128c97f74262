package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A surface at the gateway's socket, as thin as can be. Not for several threads. */
final class Client implements AutoCloseable {
    private static final String END = "";
    private static final int PATIENCE_SECONDS = 60;

    /** The gateway ended the connection, so nobody knows what became of the last request. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(Throwable cause) {
            super(cause);
        }
    }

    private final SocketChannel channel;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private long lastId;

    private Client(SocketChannel channel) {
        this.channel = channel;
    }

    /** @throws Lost if nobody listens there */
    static Client connect(Path socket) {
        try {
            var client = new Client(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            Thread.ofVirtual().start(client::read);
            return client;
        } catch (IOException e) {
            throw new Lost(e);
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
            throw new Lost(e);
        }
    }

    /** The next line that comes. */
    JsonNode next() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("a line within %d s", PATIENCE_SECONDS).isNotNull();
            if (line.equals(END)) {
                throw new Lost(null);
            }
            return Json.read(line);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request and does not wait. @return its id */
    long ask(String method, Object... namesAndValues) {
        long id = ++lastId;
        send(Json.object("jsonrpc", "2.0", "id", id, "method", method, "params", Json.object(namesAndValues))
                .toString());
        return id;
    }

    /** The answer to a request: the whole object. Notifications that come before it are passed over. */
    JsonNode call(String method, Object... namesAndValues) {
        return answer(ask(method, namesAndValues));
    }

    JsonNode answer(long id) {
        for (JsonNode line = next(); ; line = next()) {
            if (line.path("id").asLong() == id) {
                return line;
            }
        }
    }

    /** The result of a request that must succeed. */
    JsonNode result(String method, Object... namesAndValues) {
        JsonNode answer = call(method, namesAndValues);
        assertThat(answer.has("error")).as("%s: %s", method, answer).isFalse();
        return answer.path("result");
    }

    /** The error of a request that must fail, for that reason and with its code. */
    JsonNode error(String reason, int code, String method, Object... namesAndValues) {
        return error(reason, code, call(method, namesAndValues));
    }

    static JsonNode error(String reason, int code, JsonNode answer) {
        JsonNode error = answer.path("error");
        assertThat(error.path("data").path("reason").asText()).as("%s", answer).isEqualTo(reason);
        assertThat(error.path("code").asInt()).as("%s", answer).isEqualTo(code);
        assertThat(error.path("message").asText())
                .isNotBlank()
                .hasLineCount(1)
                .doesNotContain("Exception")
                .doesNotContain("dev.heph");
        return error;
    }

    private void read() {
        try (var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException lost) {
            // told below, like any end
        } finally {
            lines.add(END);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
