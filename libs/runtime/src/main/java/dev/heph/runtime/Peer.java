package dev.heph.runtime;

import dev.heph.settings.Home;
import dev.heph.settings.Placement;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A service where it was found, with the connections kept to it. */
final class Peer {
    private static final int MAX_KEPT = 32;

    private final InetSocketAddress address;
    private final String authorization;
    private final BooleanSupplier there;
    private final ConcurrentLinkedDeque<Connection> kept = new ConcurrentLinkedDeque<>();
    private final AtomicInteger keptCount = new AtomicInteger();

    private Peer(InetSocketAddress address, Secret secret, BooleanSupplier there) {
        this.address = address;
        this.authorization = secret.bearer();
        this.there = there;
    }

    /** Where a service is to be found each time that it is looked for: where we are told, or where its run file says. */
    static Supplier<Optional<Peer>> of(String service, Home home, Placement placement) {
        InetSocketAddress told = placement.peers().get(service);
        Supplier<Optional<Secret>> secret = () -> placement.secret().map(Secret::in).or(() -> Secret.read(home));
        return told == null
                ? () -> RunFile.read(home, service).filter(RunFile::alive).flatMap(file -> secret.get().map(known -> here(home, file,
                        known)))
                : () -> secret.get().map(known -> new Peer(told, known, () -> true));
    }

    private static Peer here(Home home, RunFile file, Secret secret) {
        return new Peer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), file.port()),
                secret,
                () -> RunFile.read(home, file.service()).filter(now -> now.port() == file.port() && now.alive()).isPresent());
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
        if (!there.getAsBoolean()) {
            throw new ConnectException(address + " has gone");
        }
        return Connection.to(address);
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
