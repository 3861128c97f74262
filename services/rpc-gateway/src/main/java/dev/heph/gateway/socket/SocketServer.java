package dev.heph.gateway.socket;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Dispatcher;
import dev.heph.gateway.rpc.Replies;
import dev.heph.gateway.rpc.Session;
import dev.heph.settings.Home;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Listens on the unix socket and serves each client on a virtual thread. */
public final class SocketServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SocketServer.class.getName());

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final SocketFile file;
    private final Dispatcher dispatcher;
    private final Limits limits;
    private final Consumer<Session> gone;
    private final LineBudget lineBudget;
    private final Map<Connection, Thread> clients = new ConcurrentHashMap<>();
    private final Thread accepting;

    private SocketServer(SocketFile file, Dispatcher dispatcher, Limits limits, Consumer<Session> gone) {
        this.file = file;
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.lineBudget = new LineBudget(limits.longLinesBytes());
        this.gone = gone;
        this.accepting = Thread.ofVirtual().name("accept").unstarted(this::accept);
    }

    /**
     * @param gone told of each client that has left
     * @throws HephException if the socket cannot be had, see {@link SocketFile#claim}
     */
    public static SocketServer open(Home home, Dispatcher dispatcher, Limits limits, Consumer<Session> gone) {
        var server = new SocketServer(SocketFile.claim(home), dispatcher, limits, gone);
        server.accepting.start();
        return server;
    }

    /** Accepts nobody more, finishes what is under way (at most 5 s), removes the socket. */
    @Override
    public void close() {
        file.close();
        clients.keySet().forEach(Connection::finish);
        long deadline = System.nanoTime() + GRACE.toNanos();
        try {
            for (Thread client : clients.values()) {
                client.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.keySet().forEach(Connection::cut);
    }

    private void accept() {
        while (file.channel().isOpen()) {
            try {
                welcome(file.channel().accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a client could not be accepted: {0}", e.getMessage());
                pause(); // too many open files, most likely: some client will leave
            }
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        if (clients.size() >= limits.clients()) {
            var full = new HephException(
                    Reason.TOO_LARGE, limits.clients() + " clients are connected, which is the limit: close some");
            channel.write(ByteBuffer.wrap(Replies.error(Replies.NO_ID, full)));
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            channel.close();
            return;
        }
        Connection connection = new Connection(channel, dispatcher, limits, lineBudget);
        Thread thread = Thread.ofVirtual().name("client").unstarted(() -> {
            try {
                connection.serve();
            } finally {
                clients.remove(connection);
                gone.accept(connection);
            }
        });
        clients.put(connection, thread);
        thread.start();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
