package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a device tells a surface that has subscribed, such as an editor with a note open. */
final class Changes implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;

    private Changes(SocketChannel channel) {
        this.channel = channel;
        this.lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    static Changes of(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.write(ByteBuffer.wrap("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.subscribe\",\"params\":{}}\n".getBytes(StandardCharsets.UTF_8)));
        var changes = new Changes(channel);
        changes.lines.readLine();
        return changes;
    }

    /** Returns when it is told that the node has changed. */
    void await(String id) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Json told = Json.parse(line);
            if (told.at("method").text().equals("node.changed") && told.at("params").at("id").text().equals(id)) {
                return;
            }
        }
        throw new IOException("the device hung up");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
