package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * H-002: what was acknowledged outlives {@code kill -9} of any process at any moment. A writer writes on; after each blow the
 * device has to come back by itself, or, when its supervisor is among the dead, by the next {@code heph up}.
 */
class KilledTest {
    /** Two, so that one works while the other waits for what its supervisor's back-off asks for. */
    private static final int DEVICES = 2;

    private static final int CYCLES = 5;
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
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // half a minute, on a machine that does nothing else
    void fourProcesses_fiftyBlows_loseNothing() {
        long seed = Seed.next();
        var runs = IntStream.range(0, DEVICES)
                .mapToObj(i -> device("home" + i))
                .map(device -> CompletableFuture.supplyAsync(
                        () -> survive(device, new Random(seed + devices.indexOf(device)))))
                .toList();
        int blows = runs.stream().mapToInt(CompletableFuture::join).sum();
        assertThat(blows).isEqualTo(50);
    }

    private int survive(Device device, Random random) {
        device.heph("up").ok();
        int blows = 0;
        try (var writer = new Writer(device)) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                for (List<String> victims : shuffled(random)) {
                    writer.awaitMore(1 + random.nextInt(WRITES_BETWEEN_MAX));
                    kill(device, victims);
                    blows++;
                    if (victims.contains("supervisor")) {
                        assertThat(device.heph("up").ok().out()).startsWith("heph is up after");
                    }
                    writer.acknowledged().check(device);
                }
            }
            writer.awaitMore(1);
            afterwards(device, writer.stop());
        }
        return blows;
    }

    /** Without a supervisor, the next command starts it again. */
    @Test
    void light_killed_losesNothing() {
        Device device = device("home").with("HEPH_LIGHT", "true");
        device.heph("up").ok();
        try (var writer = new Writer(device)) {
            for (int blow = 0; blow < 5; blow++) {
                writer.awaitMore(20);
                kill(device, List.of("light"));
                device.heph("list").ok();
                writer.acknowledged().check(device);
            }
            afterwards(device, writer.stop());
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

    private static List<List<String>> shuffled(Random random) {
        var cycle = new ArrayList<>(CYCLE);
        Collections.shuffle(cycle, random);
        cycle.add(END_OF_CYCLE);
        return cycle;
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
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name));
        devices.add(device);
        return device;
    }
}
