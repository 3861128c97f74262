package dev.heph.settings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where one service is, and where it finds the other three. All four on one machine find each other by their run files and need none of
 * this; on a hub of several machines (or pods) each is told.
 *
 * @param listening where the others reach this service; a loopback address, unless it is a hub with a login and a secret
 * @param secret the file with what the services show each other; empty: the run directory's, made anew by each launch
 * @param peers the others by name (store, auth, sync), as host and port, unresolved; those not named are on this machine
 * @param observed where this service tells how it is (docs/reference/observing.md), to whoever asks; empty: nowhere
 * @param drain how long it goes on answering after it was told to stop, while it says that it is not ready
 */
public record Placement(
        InetSocketAddress listening,
        Optional<Path> secret,
        Map<String, InetSocketAddress> peers,
        Optional<InetSocketAddress> observed,
        Duration drain) {

    /** All four on this machine. */
    public static final Placement HERE = new Placement(
            new InetSocketAddress("127.0.0.1", 0), Optional.empty(), Map.of(), Optional.empty(), Duration.ZERO);
}
