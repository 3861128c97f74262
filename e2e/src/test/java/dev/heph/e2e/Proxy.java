package dev.heph.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a device and its hub, which a test can take away: what is under way is cut off, and what comes is refused. */
final class Proxy implements AutoCloseable {
    private static final int BUFFER = 8_192;

    private final ServerSocket listening;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean connected = true;

    /** @param to the hub's port on this machine */
    Proxy(int to) {
        this.to = to;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    void disconnect() {
        connected = false;
        cut();
    }

    void connect() {
        connected = true;
    }

    /** Ends whatever is under way at this moment; the next connection goes through. */
    void cut() {
        open.forEach(Proxy::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket from = listening.accept();
                if (connected) {
                    join(from);
                } else {
                    close(from);
                }
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void join(Socket from) {
        try {
            Socket hub = new Socket();
            hub.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to));
            open.add(from);
            open.add(hub);
            Thread.ofVirtual().start(() -> pass(from, hub));
            Thread.ofVirtual().start(() -> pass(hub, from));
        } catch (IOException hubIsAway) {
            close(from);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from; to) {
            for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException cut) {
            // the other half learns of it by the close
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
