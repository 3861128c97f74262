package dev.heph.launcher;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one of the services is.
 *
 * @param pid empty if it is not up, or elsewhere
 * @param detail what it says about itself, one line; of one that is elsewhere with where that is
 */
public record ServiceStatus(String name, State state, OptionalLong pid, Optional<Instant> startedAt, String detail) {
    /** How far it is. */
    public enum State {
        UP,
        STARTING,
        DOWN
    }
}
