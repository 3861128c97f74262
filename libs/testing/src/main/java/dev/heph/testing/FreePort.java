package dev.heph.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port to write into a configuration before anybody listens there. It is below those that systems give to connections by themselves
 * (Linux from 32768, others from 49152): one of these may be somebody's by the time the service is up, even the client's that knocks
 * until it is. It is drawn, because other test runs on this machine look for theirs.
 */
public final class FreePort {
    private static final int FIRST = 15_000;
    private static final int END = 32_768;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** One of the loopback address, each time another. */
    public static int next() {
        for (int left = END - FIRST; left > 0; left--) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port was found from " + FIRST + " to " + (END - 1));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
