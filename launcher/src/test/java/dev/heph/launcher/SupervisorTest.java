package dev.heph.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, tiny ones. */
class SupervisorTest {
    /** What a service does that has come up. */
    private static final String ANNOUNCE =
            """
            echo "{\\"service\\":\\"toy\\",\\"pid\\":$$,\\"port\\":1,\\"build\\":\\"1\\",\\"started_at\\":\\"2026-11-21T09:00:00Z\\"}" \
            > ../run/toy.json
            """;

    @TempDir
    Path tmp;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
    }

    @Test
    void aProcessThatDiesIsStartedAgainLaterEachTimeAndNeverGivenUpOnceItHasWorked() throws Exception {
        try (var supervisor = supervise(Map.of("toy", "date +%s%3N >> starts; " + ANNOUNCE + "exit 1"))) {
            supervisor.start();
            await().until(() -> starts().size() >= 6);

            assertThat(supervisor.failure()).isNotDone();
            List<Long> starts = starts();
            for (int i = 1; i < 6; i++) {
                assertThat(starts.get(i) - starts.get(i - 1)).isGreaterThanOrEqualTo(100L << (i - 1));
            }
            assertThat(Files.readString(home.log("toy"))).contains("toy ended with code 1; it is started again in 800 ms");
        }
    }

    @Test
    void aServiceThatWorkedAndWasToldToStopHasNotFailedAtItsStart() throws Exception {
        try (var supervisor = supervise(Map.of("toy", "date +%s%3N >> starts; " + ANNOUNCE + "rm ../run/toy.json; exit 0"))) {
            supervisor.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> starts().size() >= 6);

            assertThat(supervisor.failure()).isNotDone();
        }
    }

    @Test
    void badSettingsAreFinalAtTheFirstTry() throws Exception {
        try (var supervisor = supervise(Map.of("toy", "echo x >> starts; echo log; echo heph: zone is wrong >&2; exit 65"))) {
            supervisor.start();
            HephException failure = supervisor.failure().get(10, TimeUnit.SECONDS);

            assertThat(failure).hasMessage("zone is wrong");
            assertThat(failure.reason().exitCode()).isEqualTo(65);
            assertThat(home.data().resolve("starts")).hasContent("x");
            assertThat(home.log("toy")).hasContent("log\nheph: zone is wrong\n");
        }
    }

    @Test
    void whatFailsOtherwiseAtTheStartIsTriedFiveTimes() throws Exception {
        try (var supervisor = supervise(Map.of("toy", "echo x >> starts; exit 1"))) {
            supervisor.start();
            HephException failure = supervisor.failure().get(20, TimeUnit.SECONDS);

            assertThat(failure).hasMessage("toy ends with code 1; see: heph logs toy");
            assertThat(failure.reason()).isEqualTo(Reason.INTERNAL);
            assertThat(home.data().resolve("starts")).hasContent("x\nx\nx\nx\nx");
        }
    }

    @Test
    void aProgramThatIsNotThereIsAFailure() throws Exception {
        try (var supervisor = new Supervisor(home, Map.of("toy", List.of("/no/such/java")), System.getenv())) {
            supervisor.start();
            assertThat(supervisor.failure().get(10, TimeUnit.SECONDS)).hasMessageContaining("cannot start /no/such/java");
        }
    }

    @Test
    void theStopGoesInReverseOrderAndWaitsForEach() throws Exception {
        var scripts = new LinkedHashMap<String, String>();
        for (String name : List.of("first", "second", "third")) {
            scripts.put(name, "trap 'sleep 0.2; echo %s >> stops; exit 0' TERM; echo up; while :; do sleep 0.05; done".formatted(name));
        }
        var supervisor = supervise(scripts);
        supervisor.start();
        assertThat(RunFile.read(home, "supervisor").orElseThrow().alive()).isTrue();
        for (String name : scripts.keySet()) {
            await().until(() -> Files.readString(home.log(name)).contains("up"));
        }

        supervisor.close();

        assertThat(home.data().resolve("stops")).hasContent("third\nsecond\nfirst");
        assertThat(HomeProcesses.of(home)).isEmpty();
        assertThat(RunFile.read(home, "supervisor")).isEmpty();
    }

    @Test
    void aStopDuringAPauseStartsNothingAnyMore() throws Exception {
        var supervisor = supervise(Map.of("toy", "echo x >> starts; " + ANNOUNCE + "exit 3"));
        supervisor.start();
        await().until(() -> Files.exists(home.data().resolve("starts")) && starts("starts") >= 3);
        supervisor.close();

        int before = starts("starts");
        await().during(Duration.ofMillis(500)).until(() -> starts("starts") == before);
    }

    private Supervisor supervise(Map<String, String> scripts) {
        var commands = new LinkedHashMap<String, List<String>>();
        scripts.forEach((name, script) -> commands.put(name, List.of("/bin/sh", "-c", script, HomeProcesses.mark(home))));
        return new Supervisor(home, commands, System.getenv());
    }

    private List<Long> starts() throws IOException {
        Path file = home.data().resolve("starts");
        return Files.exists(file) ? Files.readAllLines(file).stream().map(Long::parseLong).toList() : List.of();
    }

    private int starts(String name) throws IOException {
        return Files.readAllLines(home.data().resolve(name)).size();
    }
}
