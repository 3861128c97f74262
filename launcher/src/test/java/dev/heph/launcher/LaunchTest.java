package dev.heph.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.heph.error.HephException;
import dev.heph.launcher.ServiceStatus.State;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import dev.heph.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real four, as processes of their own. */
class LaunchTest {
    private static final List<String> ALL = List.of("store", "auth", "sync", "rpc-gateway");

    @TempDir
    Path tmp;

    private Home home;
    private Launch launch;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
        launch = launch(Map.of());
    }

    @AfterEach
    void stop() {
        launch.down();
        assertThat(HomeProcesses.of(home)).isEmpty();
    }

    @Test
    void upIsReadyInOrderAndOnceAndDownLeavesNothing() throws Exception {
        assertThat(launch.status()).extracting(ServiceStatus::state).containsOnly(State.DOWN);
        var ready = new ArrayList<String>();

        Up up = launch.up(false, ready::add);

        assertThat(up.started()).isTrue();
        assertThat(ready).isEqualTo(ALL);
        assertThat(launch.status()).extracting(ServiceStatus::name).isEqualTo(ALL);
        assertThat(launch.status()).allSatisfy(service -> {
            assertThat(service.state()).isEqualTo(State.UP);
            assertThat(service.pid()).isPresent();
            assertThat(service.detail()).isNotEmpty();
        });
        assertThat(launch.status().stream().map(service -> service.pid().getAsLong()).distinct()).hasSize(4);
        assertThat(launch.logs()).containsOnlyKeys("store", "auth", "sync", "rpc-gateway", "supervisor");
        assertThat(launch.up(false, name -> {})).isEqualTo(new Up(false, up.pid()));
        assertThat(home.socket()).exists();

        assertThat(launch.down()).isTrue();

        assertThat(HomeProcesses.of(home)).isEmpty();
        assertThat(home.socket()).doesNotExist();
        ALL.forEach(name -> assertThat(home.runFile(name)).doesNotExist());
        assertThat(launch.down()).isFalse();
    }

    @Test
    void inLightModeOneProcessIsAllFour() {
        Up up = launch.up(true, name -> {});

        assertThat(launch.status())
                .allSatisfy(service -> assertThat(service.state()).isEqualTo(State.UP))
                .allSatisfy(service -> assertThat(service.pid()).hasValue(up.pid()));
        assertThat(HomeProcesses.of(home)).hasSize(1);
        assertThat(launch.logs()).containsEntry("light", home.log("light")).containsEntry("store", home.log("light"));
        assertThat(launch.up(false, name -> {})).isEqualTo(new Up(false, up.pid()));
        assertThat(launch.down()).isTrue();
        ALL.forEach(name -> assertThat(home.runFile(name)).doesNotExist());
    }

    @Test
    void aBackupIsRestoredWithEverythingStopped() throws Exception {
        launch.up(true, name -> {});
        var store = new ServiceClient(home, "store");
        store.call("node.create", Json.object().put("kind", "doc").put("title", "Bread"));
        Path backup = tmp.resolve("copy of bread.db");
        store.call("backup", Json.object().put("path", backup.toString()));
        store.call("node.create", Json.object().put("kind", "doc").put("title", "Cake"));

        Restored restored = launch.restore(backup);

        assertThat(HomeProcesses.of(home)).isEmpty();
        assertThat(restored.stopped()).isTrue();
        assertThat(restored.notes()).isOne();
        assertThat(restored.at()).isPresent();
        assertThat(restored.aside().orElseThrow().resolve("heph.db")).exists();
        launch.up(true, name -> {});
        assertThat(new ServiceClient(home, "store").call("node.list", Json.object()).path("total").asInt()).isOne();
    }

    @Test
    void whatIsNoBackupStopsNothing() throws Exception {
        Up up = launch.up(true, name -> {});
        Path diary = Files.writeString(tmp.resolve("diary.txt"), "dear diary");

        assertThatThrownBy(() -> launch.restore(diary))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason().exitCode()).isEqualTo(65))
                .hasMessage(diary + " is no backup of heph's: nothing was changed");
        assertThat(launch.up(true, name -> {})).isEqualTo(new Up(false, up.pid()));
    }

    @Test
    void aHubIsTheSameFour() throws Exception {
        Settings.keep(home, new TreeMap<>(Map.of("mode", "hub", "http.address", "127.0.0.1:0")));
        launch.up(true, name -> {});

        assertThat(launch.status()).allSatisfy(service -> assertThat(service.state()).isEqualTo(State.UP));
    }

    @Test
    void aKilledServiceComesBackAndASecondUpWaitsForIt() {
        launch.up(false, name -> {});
        for (String name : List.of("store", "rpc-gateway")) {
            long before = pid(name);
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofSeconds(30)).until(() -> RunFile.read(home, name).orElseThrow().pid() != before);
            assertThat(launch.up(false, ready -> {}).started()).isFalse();
            assertThat(launch.status()).extracting(ServiceStatus::state).containsOnly(State.UP);
        }
    }

    @Test
    void aSupervisorThatEndsWhileUpWaitsForItIsReplacedAtOnce() throws Exception {
        Process dying = new ProcessBuilder("/bin/sh", "-c", "sleep 1; true", HomeProcesses.mark(home)).start();
        new RunFile(Supervisor.NAME, dying.pid(), 0, "1", Instant.now()).write(home);
        await().until(() -> HomeProcesses.contains(home, dying.pid()));
        assertThat(launch.remark()).hasValueSatisfying(line -> assertThat(line).contains("another build", "heph down"));

        Up up = launch.up(false, name -> {});

        assertThat(up.started()).isTrue();
        assertThat(launch.status()).extracting(ServiceStatus::state).containsOnly(State.UP);
        assertThat(launch.remark()).isEmpty();
    }

    @Test
    void afterTheSupervisorWasKilledTheNextUpReplacesWhatItLeft() {
        Up first = launch.up(false, name -> {});
        List<Long> orphans = ALL.stream().map(this::pid).toList();
        ProcessHandle supervisor = ProcessHandle.of(first.pid()).orElseThrow();
        supervisor.destroyForcibly();
        HomeProcesses.ends(home, supervisor, Duration.ofSeconds(5));

        Up second = launch.up(false, name -> {});

        assertThat(second.started()).isTrue();
        orphans.forEach(pid -> assertThat(HomeProcesses.contains(home, pid)).isFalse());
        assertThat(launch.status()).extracting(ServiceStatus::state).containsOnly(State.UP);
    }

    @Test
    void ofManyWhoStartAtOnceOneDoes() throws Exception {
        var starters = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            starters.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Starter.class.getName(),
                            tmp.toString())
                    .redirectErrorStream(true)
                    .start());
        }
        var answers = new ArrayList<String>();
        for (Process starter : starters) {
            answers.add(new String(starter.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            assertThat(starter.waitFor()).isZero();
        }

        assertThat(answers).as("it survives who started it").containsExactlyInAnyOrder("true", "false", "false", "false");
        assertThat(HomeProcesses.of(home)).hasSize(5);
        await().untilAsserted(() -> assertThat(launch.status()).extracting(ServiceStatus::state).containsOnly(State.UP));
    }

    @Test
    void whatAServiceSaidWhenItCouldNotStartIsWhatUpSays() throws Exception {
        assertThatThrownBy(() -> launch(Map.of("--zone", "Mars")).up(false, name -> {}))
                .isInstanceOf(HephException.class)
                .hasMessageStartingWith("zone = 'Mars' (--zone) cannot be used");

        Files.writeString(home.data().resolve("heph.db"), "this is no database, but it is longer than a header".repeat(10));
        for (boolean light : List.of(false, true)) {
            var failure = catchThrowableOfType(HephException.class, () -> launch.up(light, name -> {}));
            assertThat(failure.getMessage()).contains("heph.db").doesNotContain("Exception");
            assertThat(failure.reason().exitCode()).isIn(1, 65);
            await().until(() -> HomeProcesses.of(home).isEmpty());
        }
    }

    @Test
    void theServicesHaveFileNamesInUtf8WhateverTheLocaleOfWhoStartsThem() {
        var environment = new HashMap<>(environment());
        environment.put("LC_ALL", "C");

        new Launch(home, environment, Map.of()).up(false, name -> {});

        assertThat(Path.of("/proc/" + pid("store") + "/environ")).content().contains("LC_ALL=C.UTF-8");
    }

    @Test
    void onlyProcessesOfThisHomeAreStopped() throws Exception {
        Home other = Home.in(tmp.resolve("other")).create();
        Process ours = sleeper(HomeProcesses.mark(home));
        Process theirs = sleeper(HomeProcesses.mark(other));
        new RunFile("store", theirs.pid(), 1, "0.1.0", Instant.now()).write(home);
        try {
            await().until(() -> HomeProcesses.contains(home, ours.pid()));
            assertThat(launch.down()).isTrue();

            assertThat(ours.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(theirs.isAlive()).as("a run file alone is no reason to stop a process").isTrue();
        } finally {
            theirs.destroyForcibly();
        }
    }

    @Test
    void eachLaunchHasItsOwnSecret() {
        launch.up(true, name -> {});
        String first = Secret.read(home).orElseThrow().bearer();
        launch.down();
        launch.up(true, name -> {});

        assertThat(Secret.read(home).orElseThrow().bearer()).isNotEqualTo(first);
    }

    /** As in a pod, where a command that found no gateway would start a store of its own, and show that one's notes. */
    @Test
    void servicesThatAreElsewhereAreNotStartedHere() {
        Map<String, String> pod = environment();
        pod.put("HEPH_PEER_STORE", "localhost:7700");
        var there = new Launch(home, pod, Map.of());

        for (ThrowingCallable each : List.<ThrowingCallable>of(() -> there.up(false, ready -> {}), there::down, there::logs,
                () -> there.restore(tmp.resolve("backup.db")))) {
            assertThatThrownBy(each).isInstanceOf(HephException.class)
                    .hasMessageStartingWith("the services of this hub are elsewhere (peer.store): ");
        }
        assertThat(HomeProcesses.of(home)).isEmpty();
    }

    /** As in the gateway's pod: nothing of them runs there, and they are up all the same. */
    @Test
    void servicesThatAreElsewhereAreAskedThere() throws Exception {
        Path shared = Files.writeString(tmp.resolve("shared"), "0123456789abcdef0123456789abcdef");
        Home pod = Home.in(tmp.resolve("pod")).create();
        var environment = environment();
        environment.putAll(Map.of("HEPH_MODE", "hub", "HEPH_AUTH_ISSUER", "https://id.example", "HEPH_INTERNAL_SECRET", shared.toString()));
        Settings placed = Settings.load(Home.in(tmp.resolve("other")).create(), environment, Map.of());
        try (var store = ServiceServer.of("store", Home.in(tmp.resolve("other")), Clock.systemUTC()).placed(placed.placement())
                .health(() -> Health.up("ready")).start()) {
            environment.put("HEPH_PEER_STORE", "localhost:" + store.port());
            environment.put("HEPH_PEER_AUTH", "localhost:1");

            List<ServiceStatus> status = new Launch(pod, environment, Map.of()).status();

            assertThat(status).extracting(ServiceStatus::name).containsExactlyElementsOf(ALL);
            assertThat(status.get(0)).isEqualTo(new ServiceStatus("store", State.UP, OptionalLong.empty(), Optional.empty(),
                    "at localhost:" + store.port() + ": ready"));
            assertThat(status.get(1).state()).isEqualTo(State.DOWN);
            assertThat(status.get(1).detail()).isEqualTo("does not answer at localhost:1");
            assertThat(status.get(2)).as("not said to be elsewhere").isEqualTo(new ServiceStatus("sync", State.DOWN, OptionalLong.empty(), Optional.empty(), ""));

            Files.writeString(shared, "another-secret-that-is-long-enough");
            assertThat(new Launch(pod, environment, Map.of()).status().getFirst().state()).as("one who does not belong there").isEqualTo(State.DOWN);
        }
    }

    private Launch launch(Map<String, String> flags) {
        return new Launch(home, environment(), flags);
    }

    private static Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("HEPH_"));
        return environment;
    }

    private long pid(String service) {
        return RunFile.read(home, service).orElseThrow().pid();
    }

    private static Process sleeper(String mark) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "sleep 1000; true", mark).start();
    }

    static final class Starter {
        public static void main(String[] arguments) {
            var launch = new Launch(Home.in(Path.of(arguments[0])), environment(), Map.of());
            System.out.println(launch.up(false, name -> {}).started());
        }
    }
}
