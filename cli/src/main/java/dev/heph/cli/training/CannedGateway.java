package dev.heph.cli.training;

import dev.heph.cli.rpc.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Answers on a socket as the gateway would, without anything behind it: for the training run and for tests. */
public final class CannedGateway implements AutoCloseable {
    private final ServerSocketChannel server;

    /** What is answered. */
    @FunctionalInterface
    public interface Script {
        /**
         * @param send takes a line that goes out before the answer, such as a notification
         * @return the answer's last member: {@code "result": …} or {@code "error": …}
         */
        String answer(String method, Json params, Consumer<String> send);
    }

    public CannedGateway(Path socket, Script script) throws IOException {
        Files.createDirectories(socket.getParent());
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(() -> accept(script));
    }

    private void accept(Script script) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client, script));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void serve(SocketChannel client, Script script) {
        Consumer<String> send = line -> write(client, line + "\n");
        try (client;
                var lines = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                Json request = Json.parse(line);
                String answer = script.answer(request.at("method").text(), request.at("params"), send);
                send.accept("{\"jsonrpc\":\"2.0\",\"id\":" + request.at("id") + "," + answer + "}");
            }
        } catch (IOException | UncheckedIOException clientGone) {
            return;
        }
    }

    private static void write(SocketChannel client, String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
