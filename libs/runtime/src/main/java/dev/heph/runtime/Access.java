package dev.heph.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that was answered, for the log: {@code action}, {@code status}, {@code duration_ms} and, where it was about one person's space,
 * {@code actor_id}.
 */
public record Access(String action, int status, Duration took, Optional<String> actor) {
    private static final System.Logger LOG = System.getLogger(Access.class.getName());

    /** Writes it down, where that is wanted ({@code log.format}). */
    public static void log(String action, int status, Duration took, Optional<String> actor) {
        if (LOG.isLoggable(System.Logger.Level.INFO)) {
            LOG.log(System.Logger.Level.INFO, "{0}", new Access(Plain.line(action), status, took, actor.map(Plain::line)));
        }
    }

    @Override
    public String toString() {
        return action + " " + status + " in " + took.toMillis() + " ms";
    }
}
