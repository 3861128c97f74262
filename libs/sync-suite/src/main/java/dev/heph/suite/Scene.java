package dev.heph.suite;

import java.time.Duration;

/** A hub and the devices of one person, which stay from test to test; each test has notes of its own. */
public interface Scene {
    /** The one of that name: new, in sync with the hub, or the one that there is. */
    default Seat device(String name) {
        return device(name, Duration.ZERO);
    }

    /** @param fast by how much the clock of a new one is ahead of the right time */
    Seat device(String name, Duration fast);

    /** Another machine that goes on from all that one has, which does not run. */
    Seat copy(String name, String as);

    /** That device does not reach the hub any more, nor what it has asked of it. */
    void cut(String name);

    void connect(String name);

    /** A backup of the hub, while it works. */
    void backUp() throws Exception;

    /** The hub goes on from that backup. */
    void restore() throws Exception;
}
