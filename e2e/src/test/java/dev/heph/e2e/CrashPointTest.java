package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heph.testing.FreePort;
import dev.heph.testing.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Nth write to the disk does not come back: the process is killed in it, or the disk is full, or broken, at that moment. On the
 * hub while it takes what is pushed, on a device while it takes what it pulled. Then all goes on, and nothing may be lost or there twice.
 * {@code -Dheph.long=true} goes through every N until an exchange ends before it is reached.
 */
class CrashPointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOTES = 20;
    private static final int SAMPLES = 2;
    private static final int MOST = Boolean.getBoolean("heph.long") ? 60 : 6;

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();

    @AfterEach
    void end() {
        all.forEach(Device::close);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS) // of the long one
    void atAnyWriteOfAPushOrAPull() throws Exception {
        assumeTrue(Fault.canBeInjected(), "there is no strace here");
        Random random = new Random(Seed.next());
        int port = FreePort.next();
        Device hub = device("hub");
        hub.heph("hub", "up", "--port", "" + port).ok();
        Device laptop = joined("laptop", port);
        Device phone = joined("phone", port);
        int told = 0;
        int hit = 0;
        for (Fault fault : Fault.ALL) {
            for (int at : points(random)) {
                write(laptop, told, told += NOTES);
                hit += through(hub, fault, at, () -> laptop.heph("sync")) ? 1 : 0;
                comeBack(hub);
                await().atMost(PATIENCE).until(() -> laptop.heph("sync").exitCode() == 0);
                hit += through(phone, fault, at, () -> phone.heph("sync")) ? 1 : 0;
                comeBack(phone);
                await().atMost(PATIENCE).until(() -> phone.heph("sync").exitCode() == 0);
                same(told, hub, laptop, phone);
            }
        }
        for (Device device : List.of(hub, phone)) {
            assertThat(device.heph("doctor", "--rebuild-check").ok().out()).doesNotContain("WRONG");
        }
        System.out.println(hit + " writes were broken off");
        assertThat(hit).isPositive();
    }

    private static List<Integer> points(Random random) {
        if (Boolean.getBoolean("heph.long")) {
            return java.util.stream.IntStream.rangeClosed(1, MOST).boxed().toList();
        }
        return random.ints(1, MOST + 1).distinct().limit(SAMPLES).boxed().toList();
    }

    static void write(Device device, int from, int to) {
        try (Client client = device.connect()) {
            for (int i = from; i < to; i++) {
                client.ask("node.create", "kind", "doc", "title", "Note " + i, "body", "text " + i + "\n");
            }
            for (int i = from; i < to; i++) {
                client.next();
            }
        }
    }

    /** Does something while the Nth of these calls of a device goes wrong. @return whether it came to that */
    private boolean through(Device device, Fault fault, int at, Runnable work) throws Exception {
        Fault.Watch watch = fault.at(at, device.process("light"), directory.resolve("strace.log"));
        try (watch) {
            work.run();
        }
        return watch.hit();
    }

    /** What was killed is started by the next command. */
    static void comeBack(Device device) {
        await().atMost(PATIENCE).untilAsserted(() -> device.heph("next").ok());
    }

    static void same(int notes, Device... devices) throws IOException {
        for (Device device : devices) {
            try (Client client = device.connect()) {
                List<String> titles = new ArrayList<>();
                client.result("node.list", "limit", 10_000).path("nodes").forEach(node -> titles.add(node.path("title").asText()));
                assertThat(titles).as("%s", device.home()).hasSize(notes).doesNotHaveDuplicates();
            }
        }
    }

    private Device joined(String name, int port) {
        Device device = device(name);
        device.heph("hub", "join", "http://127.0.0.1:" + port).ok();
        return device;
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        all.add(device);
        return device;
    }
}
