package dev.heph.cli.command;

import dev.heph.settings.Home;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The processes behind the socket of one {@link Home}, as the commands need them; dev.heph.launcher does the work. */
public interface Daemon {
    /** What a command line gets its daemon from. */
    @FunctionalInterface
    interface Source {
        /** @param flags the settings given on the command line, such as {@code --log-level} */
        Daemon of(Home home, Map<String, String> environment, Map<String, String> flags);
    }

    /**
     * One of the processes.
     *
     * @param state {@code up}, {@code starting} or {@code down}
     */
    record Service(String name, String state, OptionalLong pid, Optional<Instant> startedAt, String detail) {
        boolean isUp() {
            return state.equals("up");
        }
    }

    /** Starts what does not run and returns when everything is ready. @return false if it ran already */
    boolean up(boolean light);

    /** Stops everything and returns when it is gone. @return false if nothing ran */
    boolean down();

    /** All services, in the order in which they become ready. */
    List<Service> services();

    /** The file in which a service's log is. */
    Path log(String service);
}
