package dev.heph.store.backup;

import dev.heph.error.HephException;
import dev.heph.runtime.Log;
import dev.heph.settings.Flags;
import dev.heph.settings.Home;
import dev.heph.settings.LogLevel;
import dev.heph.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * Restores a backup, for the launcher: {@code RestoreMain FLAGS FILE}. Says {@code checked} when the file will do, and waits for a
 * line, before which the store has to be stopped; without one it changes nothing. Then says what it did, {@code name=value} a line.
 * What cannot be done is one line {@code heph: …} on standard error and its reason's exit code.
 */
public final class RestoreMain {
    private RestoreMain() {}

    public static void main(String[] arguments) {
        Log.start(LogLevel.WARNING, System.err);
        try {
            Map<String, String> flags = Flags.parse(Arrays.asList(arguments).subList(0, arguments.length - 1));
            Home home = Home.locate(System.getenv(), Flags.home(flags)).create();
            Settings settings = Settings.load(home, System.getenv(), flags);
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            run(home, settings, Path.of(arguments[arguments.length - 1]), in, out, Clock.systemUTC());
        } catch (HephException e) {
            System.err.println("heph: " + e.getMessage());
            System.exit(e.reason().exitCode());
        } catch (IOException launcherGone) {
            System.exit(1);
        }
    }

    static void run(Home home, Settings settings, Path file, BufferedReader in, PrintStream out, Clock clock) throws IOException {
        try (Restore restore = Restore.prepare(home, settings, file, clock.instant())) {
            out.println("checked");
            if (in.readLine() != null) {
                Restore.Restored restored = restore.finish(clock.instant());
                Summary summary = restored.summary();
                summary.at().map(Instant::toEpochMilli).ifPresent(at -> out.println("at=" + at));
                restored.aside().ifPresent(aside -> out.println("aside=" + aside));
                out.println("notes=" + summary.notes());
                out.println("ops=" + summary.ops());
                out.println("devices=" + summary.devices());
                out.println("bytes=" + summary.bytes());
            }
        }
    }
}
