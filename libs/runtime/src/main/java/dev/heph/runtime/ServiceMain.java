package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Flags;
import dev.heph.settings.Home;
import dev.heph.settings.LogFormat;
import dev.heph.settings.LogLevel;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import dev.heph.settings.SettingsException;
import dev.heph.settings.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The main of every service: settings from flags, environment and file; a SIGTERM that stops cleanly and exits 0; a failure to
 * start that is one line {@code heph: …} on stderr and its reason's exit code.
 */
public final class ServiceMain {
    private static final System.Logger LOG = System.getLogger(ServiceMain.class.getName());

    private static final long START_PATIENCE_SECONDS = 10;

    private ServiceMain() {}

    /** Starts a service; it owns what it starts and installs nothing in the process. */
    @FunctionalInterface
    public interface Start {
        Service start(Home home, Settings settings, Clock clock);
    }

    /** Starts the service and returns; the process lives on until it is told to stop. */
    public static void run(String[] arguments, Start start) {
        Log.start(LogLevel.INFO, LogFormat.LINE, System.err); // until the settings say otherwise
        var started = new CompletableFuture<Running>();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(started)));
        if (Boolean.getBoolean(RunFile.SUPERVISED_PROPERTY)) {
            Thread.ofPlatform().daemon().name("supervised").start(ServiceMain::endWithSupervisor);
        }
        try {
            Map<String, String> environment = System.getenv();
            Map<String, String> flags = Flags.parse(Arrays.asList(arguments));
            Home home = Home.locate(environment, Flags.home(flags)).create();
            Settings settings = Settings.load(home, environment, flags);
            Log.start(settings.logLevel(), settings.logFormat(), System.err);
            settings.trusted().ifPresent(certificates -> SSLContext.setDefault(Trust.with(certificates)));
            Service service = start.start(home, settings, clock(environment));
            started.complete(new Running(service, settings.placement().drain()));
            LOG.log(System.Logger.Level.INFO, service.name() + " " + Version.CURRENT + " listens");
        } catch (HephException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot start", e);
            exit(started, e.getMessage(), e.reason());
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "cannot start", e);
            exit(started, "cannot start: " + e, Reason.INTERNAL);
        }
    }

    /** A supervisor that was killed leaves nothing behind: the next command starts everything anew, watched over again. */
    private static void endWithSupervisor() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.DEBUG, "the supervisor's end broke", broken);
        }
        System.exit(0);
    }

    /** The clock of this process; {@code HEPH_TEST_NOW} makes it start at another instant, for tests. */
    static Clock clock(Map<String, String> environment) {
        Clock system = Clock.systemUTC();
        String now = environment.get("HEPH_TEST_NOW");
        if (now == null || now.isBlank()) {
            return system;
        }
        try {
            return Clock.offset(system, Duration.between(system.instant(), Instant.parse(now)));
        } catch (DateTimeException e) {
            throw new SettingsException("HEPH_TEST_NOW = '" + now + "' is not an instant; write it like 2026-11-21T09:00:00Z");
        }
    }

    /**
     * A stop in the middle of the start waits for that, and then undoes it. It halts, because a JVM ended by SIGTERM would
     * otherwise report 143 for a stop that went well.
     */
    private static void stop(CompletableFuture<Running> started) {
        try {
            started.get(START_PATIENCE_SECONDS, TimeUnit.SECONDS).stop();
            Runtime.getRuntime().halt(0);
        } catch (CancellationException notStarted) {
            return; // the exit code is on its way
        } catch (Exception e) {
            System.err.println("heph: cannot stop cleanly: " + e); // the log is closed by now
            Runtime.getRuntime().halt(Reason.INTERNAL.exitCode());
        }
    }

    /**
     * @param drain how long it goes on answering after it said that it is not ready: who sends requests here learns of that a little
     * later
     */
    private record Running(Service service, Duration drain) {
        void stop() throws InterruptedException {
            service.stopping();
            Thread.sleep(drain);
            service.close();
        }
    }

    private static void exit(CompletableFuture<Running> started, String message, Reason reason) {
        started.cancel(false);
        System.err.println("heph: " + message);
        System.err.flush();
        System.exit(reason.exitCode());
    }
}
