package dev.heph.cli.rpc;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One connection to the gateway's socket. Not for several threads: a command asks, waits and goes on. */
public final class RpcClient implements AutoCloseable {
    private final SocketChannel channel;

    /** What has been read and not yet handed out. */
    private ByteBuffer received = ByteBuffer.allocate(16 * 1024).flip();

    private int lastId;

    private RpcClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Loads what the JDK needs for a socket (two native libraries and, for reasons of its own, a random generator),
     * which takes as long as everything else in a command: worth doing on another core while the command line is
     * read.
     */
    public static void warmUp() {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            try {
                SocketChannel.open(StandardProtocolFamily.UNIX).close();
            } catch (IOException saidByConnect) {
                return;
            }
        });
    }

    /** @throws IOException if nobody listens there */
    public static RpcClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new RpcClient(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** @throws RpcException with the gateway's refusal; a {@link HephException} if the connection breaks */
    public Result call(Request request, Progress progress) {
        return callAll(List.of(request), progress).getFirst();
    }

    /**
     * Sends the requests in one go and waits for every answer: one round trip for all of them. They have to be few
     * and small, for nothing is read while they are sent.
     *
     * @return the results in the order of the requests
     * @throws RpcException with the first refusal
     */
    public List<Result> callAll(List<Request> requests, Progress progress) {
        int first = lastId + 1;
        var results = new Result[requests.size()];
        RpcException refusal = null;
        try {
            for (Request request : requests) {
                write(request.line(++lastId));
            }
            int open = results.length;
            while (open > 0) {
                Map<String, JsonReader.Slice> message = new JsonReader(readLine()).members();
                if (message.containsKey("method")) {
                    notify(message, progress);
                    continue;
                }
                open--;
                if (message.containsKey("error")) {
                    refusal = refusal == null
                            ? new RpcException(message.get("error").json())
                            : refusal;
                } else {
                    results[(int) message.get("id").json().number() - first] = new Result(message.get("result"));
                }
            }
        } catch (IOException e) {
            throw broken(e);
        }
        if (refusal != null) {
            throw refusal;
        }
        return List.of(results);
    }

    private static void notify(Map<String, JsonReader.Slice> message, Progress progress) {
        if (message.get("method").json().text().equals("progress")) {
            Json params = message.get("params").json();
            progress.at(
                    params.at("done").number(),
                    params.at("total").number(),
                    params.at("note").text());
        }
    }

    private void write(byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** The next line, without its end. */
    private byte[] readLine() throws IOException {
        int searched = 0;
        while (true) {
            byte[] bytes = received.array();
            for (int i = received.position() + searched; i < received.limit(); i++) {
                if (bytes[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(bytes, received.position(), i);
                    received.position(i + 1);
                    return line;
                }
            }
            searched = received.remaining();
            readMore();
        }
    }

    private void readMore() throws IOException {
        if (received.remaining() == received.capacity()) {
            received = ByteBuffer.allocate(received.capacity() * 2).put(received);
        } else {
            received.compact();
        }
        int count = channel.read(received);
        received.flip();
        if (count < 0) {
            throw new IOException("it closed the connection");
        }
    }

    private static HephException broken(IOException e) {
        return new HephException(
                Reason.AWAY, "the daemon went away before it answered; see what it did: heph status", e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToDo) {
            // The connection is of no use any more, whether it closes or not.
        }
    }
}
