package dev.heph.cli.rpc;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One connection to the gateway's socket. Not for several threads: a command asks, waits and goes on. */
public final class RpcClient implements AutoCloseable {
    /** A gateway that sends nothing for so long has hung, unless it {@linkplain Request#mayTakeLong works hard}. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private final SocketChannel channel;
    private final Duration silenceMax;

    /** A unix socket has no timeout of its own; this is what waits, and gives up. */
    private final Selector selector = Selector.open();

    private final SelectionKey key;

    /** What has been read and not yet handed out. */
    private ByteBuffer received = ByteBuffer.allocate(16 * 1024).flip();

    private int lastId;
    private boolean patient;

    private RpcClient(SocketChannel channel, Duration silenceMax) throws IOException {
        this.channel = channel;
        this.silenceMax = silenceMax;
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * Loads what a call needs: for a socket two native libraries and, for reasons of the JDK's own, a random generator;
     * for reading JSON the JDK's big decimals, which begin by raising five to the power of 65,536. It takes as long as
     * everything else in a command: worth doing on another core while the command line is read and the gateway works.
     */
    public static void warmUp() {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            try {
                SocketChannel.open(StandardProtocolFamily.UNIX).close();
                Selector.open().close();
            } catch (IOException saidByConnect) {
                return;
            }
            Json.parse("{}");
        });
    }

    /** @throws IOException if nobody listens there */
    public static RpcClient connect(Path socket) throws IOException {
        return connect(socket, SILENCE_MAX);
    }

    static RpcClient connect(Path socket, Duration silenceMax) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new RpcClient(channel, silenceMax);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Waits for the answer: 60 s at most without a sign of life, but as long as it takes for a request that
     * {@linkplain Request#mayTakeLong() may take long}, which says nothing while it is busy with one large file.
     *
     * @throws RpcException with the gateway's refusal; a {@link HephException} if the connection breaks
     *     ({@code AWAY}) or nothing comes ({@code TIMEOUT})
     */
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
        patient = requests.stream().anyMatch(Request::mayTakeLong);
        try {
            for (Request request : requests) {
                write(request.line(++lastId));
            }
            int open = results.length;
            while (open > 0) {
                Map<String, JsonReader.Slice> message = JsonReader.members(readLine());
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
            if (channel.write(buffer) == 0) {
                await(SelectionKey.OP_WRITE);
            }
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
        int count;
        while ((count = channel.read(received)) == 0) {
            await(SelectionKey.OP_READ);
        }
        received.flip();
        if (count < 0) {
            throw new IOException("it closed the connection");
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        int ready = selector.select(patient ? 0 : silenceMax.toMillis());
        selector.selectedKeys().clear();
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (ready > 0 && !interrupted) {
            return;
        }
        close(); // half a request, or an answer that comes late, would spoil what is asked next
        if (interrupted) {
            throw new ClosedByInterruptException();
        }
        throw new HephException(
                Reason.TIMEOUT,
                "the daemon has not answered for " + silenceMax.toSeconds()
                        + " s, so whether it did what was asked is not known. See what it does: heph status");
    }

    private static HephException broken(IOException e) {
        return new HephException(
                Reason.AWAY, "the daemon went away before it answered; see what it did: heph status", e);
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException nothingToDo) {
            // The connection is of no use any more, whether it closes or not.
        }
    }
}
