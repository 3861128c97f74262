package dev.heph.runtime;

import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** A service where its run file said it is, with the connections kept to it. */
final class Peer {
    private static final int MAX_KEPT = 32;

    private final Home home;
    private final String service;
    private final int port;
    private final String authorization;
    private final ConcurrentLinkedDeque<Connection> kept = new ConcurrentLinkedDeque<>();
    private final AtomicInteger keptCount = new AtomicInteger();

    private Peer(Home home, String service, int port, String authorization) {
        this.home = home;
        this.service = service;
        this.port = port;
        this.authorization = authorization;
    }

    static Optional<Peer> find(Home home, String service) {
        return RunFile.read(home, service)
                .filter(RunFile::alive)
                .flatMap(file -> Secret.read(home).map(secret -> new Peer(home, service, file.port(), secret.bearer())));
    }

    /** The header line that admits us. */
    String authorization() {
        return "Authorization: " + authorization + "\r\n";
    }

    /**
     * A connection for one exchange; the most recently used one that still works.
     *
     * @throws ConnectException if refused, or if the service is no longer there: the system may have given its port to anybody, and
     *     the first thing we send is the secret
     */
    Connection take() throws IOException {
        for (Connection connection = kept.pollFirst(); connection != null; connection = kept.pollFirst()) {
            keptCount.decrementAndGet();
            if (connection.open()) {
                return connection;
            }
            connection.close();
        }
        if (RunFile.read(home, service).filter(file -> file.port() == port && file.alive()).isEmpty()) {
            throw new ConnectException(service + " has gone");
        }
        return Connection.to(port);
    }

    /** Keeps the connection for the next call, if it can serve one. */
    void giveBack(Connection connection) {
        if (connection.reusable() && keptCount.get() < MAX_KEPT) { // whether it still works is asked when it is taken
            keptCount.incrementAndGet();
            kept.addFirst(connection);
        } else {
            connection.close();
        }
    }

    /** Called when the service has been found elsewhere. */
    void forget() {
        for (Connection connection = kept.pollFirst(); connection != null; connection = kept.pollFirst()) {
            keptCount.decrementAndGet();
            connection.close();
        }
    }
}
