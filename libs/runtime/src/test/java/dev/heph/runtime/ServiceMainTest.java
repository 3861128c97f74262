package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.SettingsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes. */
class ServiceMainTest {
    @TempDir
    Path tmp;

    @Test
    void aServiceStartsStopsAtSigtermAndExitsWithZero() throws Exception {
        Home home = Home.in(tmp);
        Process process = start("--home", tmp.toString());
        await().until(() -> RunFile.read(home, "toy").isPresent());
        assertThat(new ServiceClient(home, "toy").answers()).isTrue();

        process.toHandle().destroy(); // Process.destroy would close the streams we read below

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(RunFile.read(home, "toy")).isEmpty();
        assertThat(errors(process)).singleElement().asString().endsWith("INFO runtime.ServiceMain toy 0.1.0 listens");
    }

    @Test
    void aFailureToStartIsOneLineAndItsExitCode() throws Exception {
        Process settings = start("--home", tmp.toString(), "--zone=Mars");
        assertThat(settings.waitFor()).isEqualTo(65);
        assertThat(errors(settings))
                .containsExactly("heph: zone = 'Mars' (--zone) cannot be used; it must be a time zone, such as Europe/Berlin");

        Process refused = start("--home", tmp.toString(), "--hub-url=http://refuse");
        assertThat(refused.waitFor()).isEqualTo(75);
        assertThat(errors(refused)).containsExactly("heph: the disk is full");
    }

    @Test
    void aSecondOneIsRefusedAndTheFirstWorksOn() throws Exception {
        Home home = Home.in(tmp);
        Process first = start("--home", tmp.toString());
        try {
            await().until(() -> RunFile.read(home, "toy").isPresent());

            Process second = start("--home", tmp.toString());

            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(errors(second))
                    .containsExactly("heph: heph's toy runs already, as pid " + first.pid() + ". Stop it first: heph down");
            assertThat(RunFile.read(home, "toy").orElseThrow().pid()).isEqualTo(first.pid());
        } finally {
            first.destroy();
            first.waitFor();
        }
    }

    @Test
    void aDefectAtTheStartIsOneLineForThePersonAndOneForTheLog() throws Exception {
        Process process = start("--home", tmp.toString(), "--hub-url=http://break");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors(process)).hasSize(2);
    }

    @Test
    void theTestsClockStartsWhereItIsToldAndTicks() {
        var clock = ServiceMain.clock(Map.of("HEPH_TEST_NOW", "2030-01-01T00:00:00Z"));

        assertThat(clock.instant())
                .isBetween(Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:10Z"));
        Instant before = clock.instant();
        await().until(() -> clock.instant().isAfter(before));
        assertThat(Duration.between(Instant.now(), ServiceMain.clock(Map.of()).instant())).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> ServiceMain.clock(Map.of("HEPH_TEST_NOW", "noon"))).isInstanceOf(SettingsException.class);
    }

    @Test
    void aLogRecordIsOneLine() {
        var record = new LogRecord(Level.SEVERE, "two\nlines");
        record.setLoggerName("dev.heph.store.Thing");
        record.setInstant(Instant.parse("2026-11-21T09:00:00.125Z"));
        record.setThrown(new IOException("disk", new IllegalStateException("deeper")));

        assertThat(new LogLine().format(record))
                .startsWith("2026-11-21T09:00:00.125Z ERROR store.Thing two ⏎ lines | java.io.IOException: disk < ")
                .contains(" | java.lang.IllegalStateException: deeper < ")
                .hasLineCount(1)
                .endsWith("\n");
    }

    @Test
    void theLevelDecidesWhatIsWritten() {
        var out = new ByteArrayOutputStream();
        Log.start(dev.heph.settings.LogLevel.WARNING, new PrintStream(out, true, StandardCharsets.UTF_8));
        System.getLogger("dev.heph.test").log(System.Logger.Level.INFO, "quiet");
        System.getLogger("dev.heph.test").log(System.Logger.Level.WARNING, "loud");

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("WARNING test loud").doesNotContain("quiet");
        Log.start(dev.heph.settings.LogLevel.INFO, System.err);
    }

    @Test
    void aRecordForProgramsHasItsRequest() throws Exception {
        var out = new ByteArrayOutputStream();
        Log.start(dev.heph.settings.LogLevel.INFO, dev.heph.settings.LogFormat.JSON, new PrintStream(out, true, StandardCharsets.UTF_8));
        Correlation.run(Optional.of("from-a-proxy"), () -> {
            System.getLogger("dev.heph.test").log(System.Logger.Level.ERROR, "two\nlines", new IOException("disk"));
            Access.log("exchange.take", 200, Duration.ofNanos(1_500_000), Optional.of("a1b2"));
        });
        Correlation.run(Optional.of("no \"id\" at all"), () -> Access.log("next", 200, Duration.ofMillis(1), Optional.empty()));
        Log.start(dev.heph.settings.LogLevel.INFO, System.err);
        Access.log("not.told.to.people", 200, Duration.ofMillis(1), Optional.empty());

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        var failure = Json.MAPPER.readTree(lines.get(0));
        assertThat(Instant.parse(failure.path("timestamp").asText())).isBefore(Instant.now().plusSeconds(1));
        assertThat(failure.path("level").asText()).isEqualTo("ERROR");
        assertThat(failure.path("message").asText()).isEqualTo("two\nlines");
        assertThat(failure.path("correlation_id").asText()).isEqualTo("from-a-proxy");
        assertThat(failure.at("/errors/0/error").asText()).isEqualTo("java.io.IOException: disk");
        assertThat(failure.at("/errors/0/frames").size()).isPositive();
        var access = Json.MAPPER.readTree(lines.get(1));
        assertThat(access.path("correlation_id").asText()).isEqualTo("from-a-proxy");
        assertThat(access.path("action").asText()).isEqualTo("exchange.take");
        assertThat(access.path("actor_id").asText()).isEqualTo("a1b2");
        assertThat(access.path("duration_ms").asDouble()).isEqualTo(1.5);
        assertThat(access.path("status").asInt()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(lines.get(2)).path("correlation_id").asText()).matches("[0-9a-f]{16}");
    }

    private static Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Toy.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command).start();
    }

    private static List<String> errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    static final class Toy {
        public static void main(String[] arguments) {
            ServiceMain.run(arguments, (home, settings, clock) -> {
                switch (settings.hubUrl().map(Object::toString).orElse("")) {
                    case "http://refuse" -> throw new HephException(Reason.NO_SPACE, "the disk is full");
                    case "http://break" -> throw new IllegalStateException("a defect");
                    default -> {}
                }
                ServiceServer server = ServiceServer.of("toy", home, clock).start();
                server.announce();
                return server;
            });
        }
    }
}
