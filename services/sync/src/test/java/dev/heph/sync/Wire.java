package dev.heph.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The network between a device and a hub, for a test to cut, to hold up, or to send into the void. */
public final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong answerBytes = new AtomicLong(Long.MAX_VALUE);
    final AtomicInteger connections = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean silent;

    public Wire(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("wire").start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Breaks every connection, and each new one at once. */
    public void down() {
        down = true;
        sockets.forEach(Wire::close);
    }

    boolean isDown() {
        return down;
    }

    public void up() {
        down = false;
        silent = false;
        answerBytes.set(Long.MAX_VALUE);
    }

    /** Nothing comes through any more, and nobody is told. */
    public void silent() {
        silent = true;
    }

    /** After so many bytes of answers everything breaks. */
    public void cutAfter(long bytes) {
        answerBytes.set(bytes);
    }

    @Override
    public void close() throws IOException {
        down();
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                connections.incrementAndGet();
                sockets.add(near);
                if (down) {
                    close(near);
                } else {
                    connect(near);
                }
            }
        } catch (IOException closed) {
            down();
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            Thread.ofVirtual().start(() -> pump(near, far, new AtomicLong(Long.MAX_VALUE)));
            Thread.ofVirtual().start(() -> pump(far, near, answerBytes));
        } catch (IOException refused) {
            close(near);
        }
    }

    private void pump(Socket from, Socket to, AtomicLong allowed) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (silent) {
                    continue;
                }
                long left = allowed.getAndAdd(-read);
                out.write(buffer, 0, (int) Math.clamp(left, 0, read));
                if (left < read) {
                    down();
                    return;
                }
            }
        } catch (IOException cut) {
            return;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
