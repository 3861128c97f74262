package dev.heph.cli;
import dev.heph.cli.command.Daemon;
import dev.heph.settings.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
final class LaunchedDaemon implements Daemon {
    LaunchedDaemon(Home home, Map<String,String> e, Map<String,String> f) {}
    public boolean up(boolean l) { throw new UnsupportedOperationException(); }
    public boolean down() { return false; }
    public List<Service> services() { return List.of(); }
    public Path log(String s) { return Path.of(s); }
}
