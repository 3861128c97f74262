package dev.heph.cli;

import dev.heph.cli.command.Daemon;
import dev.heph.launcher.Launch;
import dev.heph.launcher.Restored;
import dev.heph.launcher.ServiceStatus;
import dev.heph.launcher.Up;
import dev.heph.settings.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real processes. */
final class LaunchedDaemon implements Daemon {
    private final Launch launch;

    LaunchedDaemon(Home home, Map<String, String> environment, Map<String, String> flags) {
        launch = new Launch(home, environment, flags);
    }

    @Override
    public Up up(boolean light) {
        return launch.up(light, ready -> {});
    }

    @Override
    public boolean down() {
        return launch.down();
    }

    @Override
    public Restored restore(Path backup) {
        return launch.restore(backup);
    }

    @Override
    public List<ServiceStatus> status() {
        return launch.status();
    }

    @Override
    public Optional<String> remark() {
        return launch.remark();
    }

    @Override
    public Map<String, Path> logs() {
        return launch.logs();
    }
}
