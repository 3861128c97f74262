package dev.heph.launcher;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one of the services is.
 *
 * @param detail what it says about itself, one line
 */
public record ServiceStatus(String name, State state, OptionalLong pid, Optional<Instant> startedAt, String detail) {
    /** How far it is. */
    public enum State {
        UP,
        STARTING,
        DOWN
    }
}
