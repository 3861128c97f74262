package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.launcher.ServiceStatus.State;
import dev.heph.settings.Home;
import dev.heph.settings.Placement;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import dev.heph.settings.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Starts, stops and looks at the processes of one home. Safe to use from several processes at once: only one starts or stops. */
public final class Launch {
    static final String LIGHT = "light";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MS = 5;

    private final Home home;
    private final Map<String, String> environment;
    private final Map<String, String> flags;
    private final Installation installation;

    /** @param flags the settings given on the command line, such as {@code --hub-url}; they are passed on to every process */
    public Launch(Home home, Map<String, String> environment, Map<String, String> flags) {
        this.home = home;
        this.environment = environment;
        this.flags = flags;
        this.installation = Installation.ofThisProcess();
    }

    /**
     * Starts what does not run and returns when all four services are ready. Calling it when they are costs next to nothing, so this
     * is also what any command does that finds no daemon.
     *
     * @param light all services in one process; the setting {@code light} asks for that too
     * @param ready told the name of each service as it becomes ready
     * @throws HephException what a service said when it could not start; {@link Reason#AWAY} if they are not ready after 60 s, or are
     *     elsewhere
     */
    public Up up(boolean light, Consumer<String> ready) {
        requireHere();
        home.create();
        boolean one = light || Settings.load(home, environment, flags).light();
        try (var lock = LaunchLock.take(home)) {
            Optional<Long> running = root().map(RunFile::pid);
            if (running.isPresent() && becomeReady(() -> !HomeProcesses.contains(home, running.get()), ready)) {
                return new Up(false, running.get());
            }
            stopAll(); // what a killed supervisor has left
            forgetAll();
            Secret.renew(home);
            var jvm = new Jvm(home, installation, flags);
            Detached started = one
                    ? Detached.start(home, LIGHT, jvm.light(), environment)
                    : Detached.start(home, Supervisor.NAME, jvm.supervisor(), environment);
            if (!becomeReady(() -> started.failure().isPresent(), ready)) {
                throw started.failure().orElseThrow();
            }
            return new Up(true, started.pid());
        }
    }

    /** Stops everything and returns when it is gone. @return whether anything ran */
    public boolean down() {
        requireHere();
        home.create();
        try (var lock = LaunchLock.take(home)) {
            boolean stopped = stopAll();
            forgetAll();
            return stopped;
        }
    }

    /**
     * Stops everything and puts a backup in the place of the data. Nothing is stopped before the file is found to be good.
     *
     * @throws HephException what is wrong with the file; nothing was changed
     */
    public Restored restore(Path file) {
        requireHere();
        home.create();
        try (var lock = LaunchLock.take(home);
                var restoring = Restoring.start(new Jvm(home, installation, flags).restore(file), environment)) {
            restoring.awaitChecked();
            boolean stopped = stopAll();
            forgetAll();
            return restoring.finish(stopped);
        }
    }

    /** The services, in the order in which they become ready; those that are elsewhere are asked there. */
    public List<ServiceStatus> status() {
        boolean launched = root().isPresent();
        Placement placement = placement().orElse(Placement.HERE);
        Optional<Secret> secret = placement.secret().map(Secret::in).or(() -> Secret.read(home));
        return Arrays.stream(Part.values()).map(part -> Optional.ofNullable(placement.peers().get(part.title()))
                .map(address -> elsewhere(part, address, secret)).orElseGet(() -> status(part, launched, secret))).toList();
    }

    /** One line to tell the user if what runs was started from another build than this one. */
    public Optional<String> remark() {
        return root().filter(file -> !file.build().equals(installation.build()))
                .map(file -> "the daemon is of another build than this command. To change: heph down, then heph up");
    }

    /**
     * The log files by the name of what writes them, {@code light} first if there is one. A service that {@code light} hosts, or that
     * has no file of its own, has that one; there need not be a file yet.
     */
    public Map<String, Path> logs() {
        requireHere();
        var logs = new LinkedHashMap<String, Path>();
        Path light = home.log(LIGHT);
        boolean hosted = RunFile.read(home, LIGHT).isPresent();
        if (hosted || Files.exists(light)) {
            logs.put(LIGHT, light);
        }
        for (String title : Part.titles()) {
            Path own = home.log(title);
            logs.put(title, hosted || !Files.exists(own) && Files.exists(light) ? light : own);
        }
        logs.put(Supervisor.NAME, home.log(Supervisor.NAME));
        return logs;
    }

    /** In a pod, say, others of our own would answer instead of those that have the data. */
    private void requireHere() {
        Set<String> elsewhere = new TreeSet<>();
        placement().ifPresent(known -> known.peers().keySet().forEach(name -> elsewhere.add("peer." + name)));
        if (!elsewhere.isEmpty()) {
            throw new HephException(Reason.AWAY, "the services of this hub are elsewhere (" + String.join(", ", elsewhere)
                    + "): what runs them there starts and stops them, and has their logs and data");
        }
    }

    /** Empty if the settings cannot be read: starting says so, and what runs can be looked at and stopped all the same. */
    private Optional<Placement> placement() {
        try {
            return Optional.of(Settings.load(home, environment, flags).placement());
        } catch (HephException unreadable) {
            return Optional.empty();
        }
    }

    private static ServiceStatus elsewhere(Part part, InetSocketAddress address, Optional<Secret> secret) {
        Optional<String> detail = secret.flatMap(known -> Probe.detail(address, known));
        String place = address.getHostString() + ":" + address.getPort();
        return new ServiceStatus(part.title(), detail.isPresent() ? State.UP : State.DOWN, OptionalLong.empty(), Optional.empty(),
                detail.map(said -> "at " + place + ": " + said).orElse("does not answer at " + place));
    }

    private ServiceStatus status(Part part, boolean launched, Optional<Secret> secret) {
        Optional<RunFile> file = RunFile.read(home, part.title()).filter(RunFile::alive);
        Optional<String> detail = file.flatMap(known -> secret.flatMap(any -> Probe.detail(new InetSocketAddress(InetAddress.getLoopbackAddress(), known.port()), any)));
        State state = detail.isPresent() ? State.UP : launched ? State.STARTING : State.DOWN;
        OptionalLong pid = state == State.DOWN || file.isEmpty() ? OptionalLong.empty() : OptionalLong.of(file.get().pid());
        return new ServiceStatus(part.title(), state, pid, file.map(RunFile::startedAt), detail.orElse(""));
    }

    /** The supervisor, or the process that hosts everything, if it lives. */
    private Optional<RunFile> root() {
        return Stream.of(Supervisor.NAME, LIGHT)
                .flatMap(name -> RunFile.read(home, name).stream())
                .filter(file -> HomeProcesses.contains(home, file.pid()))
                .findFirst();
    }

    /** Waits until all four are ready. @return false if the process that keeps them has ended before */
    private boolean becomeReady(BooleanSupplier ended, Consumer<String> ready) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Part part : Part.values()) {
            while (RunFile.read(home, part.title()).filter(RunFile::alive).isEmpty()) {
                if (ended.getAsBoolean()) {
                    return false;
                }
                if (System.nanoTime() > end) {
                    throw new HephException(
                            Reason.AWAY,
                            part.title() + " is not ready after " + PATIENCE.toSeconds() + " s; see: heph logs " + part.title());
                }
                pause();
            }
            ready.accept(part.title());
        }
        return true;
    }

    /** The root first: it stops the others, in their order, and would start again what is stopped under its hands. */
    private boolean stopAll() {
        var all = new ArrayList<>(HomeProcesses.of(home));
        root().flatMap(file -> ProcessHandle.of(file.pid()))
                .ifPresent(root -> HomeProcesses.stop(home, root, HomeProcesses.ROOT_GRACE));
        all.parallelStream().forEach(process -> HomeProcesses.stop(home, process, HomeProcesses.GRACE));
        return !all.isEmpty();
    }

    /** Run files of processes that were killed. */
    private void forgetAll() {
        Part.titles().forEach(title -> RunFile.delete(home, title));
        RunFile.delete(home, Supervisor.NAME);
        RunFile.delete(home, LIGHT);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "interrupted while heph was starting; look with: heph status", e);
        }
    }
}
