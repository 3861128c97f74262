package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.testing.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * H-002: what was acknowledged outlives {@code kill -9} of any process at any moment. A writer writes on; after each blow the
 * device has to come back by itself, or, when nothing watches it any more, by the next command.
 */
class KilledTest {
    /** Two of the four processes and a light one at once: each works while another waits for a supervisor's back-off. */
    private static final int FOURS = 2;

    private static final int CYCLES_OF_FOUR = 3;
    private static final int BLOWS_OF_LIGHT = 20;
    private static final int WRITES_BETWEEN_MAX = 40;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Who dies at one moment. A cycle ends with the supervisor, whose successor begins its back-off anew. */
    private static final List<List<String>> CYCLE =
            List.of(List.of("store"), List.of("store"), List.of("store", "auth"), List.of("rpc-gateway", "sync"));

    private static final List<String> END_OF_CYCLE = List.of("supervisor", "store");

    @TempDir
    Path directory;

    private final List<Device> devices = new ArrayList<>();

    @AfterEach
    void end() {
        devices.forEach(Device::close);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // under one, on a machine that does nothing else
    void fiftyBlows_loseNothing() {
        long seed = Seed.next();
        var runs = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < FOURS; i++) {
            runs.add(survive(device("four" + i), blowsOfFour(new Random(seed + i)), new Random(seed - i)));
        }
        Device light = device("light").with("HEPH_LIGHT", "true");
        runs.add(survive(light, Collections.nCopies(BLOWS_OF_LIGHT, List.of("light")), new Random(seed)));
        assertThat(runs.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(50);
    }

    private static CompletableFuture<Integer> survive(Device device, List<List<String>> blows, Random random) {
        return CompletableFuture.supplyAsync(
                () -> {
                    device.heph("up").ok();
                    try (var writer = new Writer(device)) {
                        for (List<String> victims : blows) {
                            writer.awaitMore(1 + random.nextInt(WRITES_BETWEEN_MAX));
                            kill(device, victims);
                            startAgain(device, victims);
                            writer.acknowledged().check(device);
                        }
                        writer.awaitMore(1);
                        afterwards(device, writer.stop());
                    }
                    return blows.size();
                },
                run -> Thread.ofPlatform().start(run));
    }

    private static void startAgain(Device device, List<String> victims) {
        if (victims.contains("supervisor") || victims.contains("light")) {
            await().atMost(PATIENCE).pollInterval(POLL).until(() -> device.processes().isEmpty());
            device.heph("next").ok(); // any command does
        }
    }

    private static void afterwards(Device device, Ledger acknowledged) {
        acknowledged.check(device);
        assertThat(device.heph("doctor", "--rebuild-check").ok().out()).doesNotContain("WRONG");
        device.heph("down").ok();
        device.heph("up").ok();
        acknowledged.check(device);
        device.heph("down").ok();
        System.out.println(device.home().getFileName() + ": " + acknowledged);
    }

    private static List<List<String>> blowsOfFour(Random random) {
        var blows = new ArrayList<List<String>>();
        for (int i = 0; i < CYCLES_OF_FOUR; i++) {
            var cycle = new ArrayList<>(CYCLE);
            Collections.shuffle(cycle, random);
            blows.addAll(cycle);
            blows.add(END_OF_CYCLE);
        }
        return blows;
    }

    /** All at once; one that was killed before may be coming back still, and is waited for. */
    private static void kill(Device device, List<String> victims) {
        List<ProcessHandle> processes = victims.stream()
                .map(victim -> await().ignoreExceptions()
                        .atMost(PATIENCE)
                        .pollInterval(POLL)
                        .until(() -> device.process(victim), ProcessHandle::isAlive))
                .toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        // Until it is gone its sockets may still take a question that nobody will answer.
        processes.forEach(process -> process.onExit().join());
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name));
        devices.add(device);
        return device;
    }
}
