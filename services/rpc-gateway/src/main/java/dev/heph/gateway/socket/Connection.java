package dev.heph.gateway.socket;

import dev.heph.error.HephException;
import dev.heph.gateway.method.Dispatcher;
import dev.heph.gateway.rpc.LineReader;
import dev.heph.gateway.rpc.Message.Line;
import dev.heph.gateway.rpc.Replies;
import dev.heph.gateway.rpc.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * One client. Its requests are carried out in the order they came, each answered before the next begins, so that it
 * reads what it has written and can send many without waiting; only those that may take long run aside. While one is
 * carried out, or the client does not read, nothing more of it is read.
 */
final class Connection implements Session {
    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private static final int MAX_ASIDE = 8;

    private final SocketChannel channel;
    private final Dispatcher dispatcher;
    private final Limits limits;
    private final LineBudget lineBudget;
    private final Outgoing outgoing;
    private final Semaphore aside = new Semaphore(MAX_ASIDE);
    private volatile boolean ending;

    Connection(SocketChannel channel, Dispatcher dispatcher, Limits limits, LineBudget lineBudget) {
        this.channel = channel;
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.lineBudget = lineBudget;
        this.outgoing = new Outgoing(channel, limits.queueBytes(), limits.patience());
    }

    /** Serves the client until it leaves. */
    void serve() {
        Thread.ofVirtual().name("to client").start(this::write);
        try (Lines lines = new Lines(channel, limits.lineBytes(), lineBudget)) {
            while (!ending && next(lines)) {}
            aside.acquire(MAX_ASIDE);
            outgoing.finish();
        } catch (IOException | UncheckedIOException clientIsGone) {
            LOG.log(Level.DEBUG, "a client was lost: {0}", clientIsGone.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
        }
    }

    /**
     * Writes until there is nothing more to write, or nobody to write to. A client that is gone is told from one that
     * only has nothing more to ask by this alone, so work for it ends here.
     */
    private void write() {
        outgoing.write();
        cut();
    }

    /** Lets what is under way end, and reads no more. */
    void finish() {
        ending = true;
        try {
            channel.shutdownInput();
        } catch (IOException gone) {
            cut();
        }
    }

    /** Ends it now. */
    void cut() {
        ending = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a client failed", e);
        }
    }

    @Override
    public void push(byte[] notification) {
        if (!outgoing.offer(notification, limits.queueBytes()) && open()) {
            LOG.log(Level.INFO, "a client does not read what it subscribed to; it is cut off");
            cut();
        }
    }

    @Override
    public void hint(byte[] notification) {
        outgoing.offer(notification, limits.queueBytes() / 2);
    }

    @Override
    public boolean open() {
        return !ending && channel.isOpen();
    }

    /** Reads a line and sees to it. @return false at the end */
    private boolean next(Lines lines) throws IOException, InterruptedException {
        try {
            Optional<byte[]> bytes = lines.next();
            if (bytes.isPresent() && !blank(bytes.get())) {
                see(LineReader.read(bytes.get()), bytes.get().length);
            }
            return bytes.isPresent();
        } catch (HephException e) {
            outgoing.send(Replies.error(Replies.NO_ID, e));
            return true;
        }
    }

    /** A long line never runs aside: the next one is read only when its memory is free again. */
    private void see(Line line, int bytes) throws IOException, InterruptedException {
        if (bytes > Lines.USUAL_BYTES || !dispatcher.aside(line)) {
            answer(line);
            return;
        }
        aside.acquire();
        Thread.ofVirtual().name("aside").start(() -> {
            try {
                answer(line);
            } catch (IOException clientIsGone) {
                cut();
            } finally {
                aside.release();
            }
        });
    }

    private void answer(Line line) throws IOException {
        Optional<byte[]> reply = dispatcher.answer(line, this);
        if (reply.isPresent()) {
            outgoing.send(reply.get());
        }
    }

    private static boolean blank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
