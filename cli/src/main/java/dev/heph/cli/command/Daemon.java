package dev.heph.cli.command;

import dev.heph.launcher.Restored;
import dev.heph.launcher.ServiceStatus;
import dev.heph.launcher.Up;
import dev.heph.settings.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes behind the socket of one {@link Home}, as the commands need them; {@code dev.heph.launcher} does
 * the work.
 */
public interface Daemon {
    /** What a command line gets its daemon from. */
    @FunctionalInterface
    interface Source {
        /** @param flags the settings given on the command line, such as {@code --log-level} */
        Daemon of(Home home, Map<String, String> environment, Map<String, String> flags);
    }

    /** Starts what does not run and returns when everything is ready. */
    Up up(boolean light);

    /** Stops everything and returns when it is gone. @return false if nothing ran */
    boolean down();

    /** Stops everything and puts a backup in the place of the data, once it is found to be good. */
    Restored restore(Path backup);

    /** All services, in the order in which they become ready. */
    List<ServiceStatus> status();

    /** What a person should know about what runs, one line; empty if there is nothing. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /** The log files, by the name of what writes them; there need not be a file yet. */
    Map<String, Path> logs();
}
