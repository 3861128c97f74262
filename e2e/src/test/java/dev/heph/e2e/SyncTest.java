package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.suite.Scene;
import dev.heph.suite.SyncContract;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub and its devices, each with its own real processes, as an operator meets them (docs/design/sync.md). */
class SyncTest implements SyncContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();

    @TempDir
    static Path shared;

    private static LocalScene scene;

    @BeforeAll
    static void begin() {
        scene = new LocalScene(shared);
    }

    @AfterAll
    static void endAll() {
        scene.close();
    }

    @AfterEach
    void end() {
        all.forEach(Device::close);
    }

    @Override
    public Scene scene() {
        return scene;
    }

    /** The way of one person with a laptop, a phone and a hub. */
    @Test
    void fromTwoDevicesToOneContext() {
        int port = FreePort.next();
        Device hub = device("hub");
        assertThat(hub.heph("hub", "up", "--light", "--port", "" + port).ok().out()).contains("heph hub join http://127.0.0.1:" + port);
        Device laptop = device("laptop");
        Device phone = device("phone");
        String soup = id(laptop.hephWith("- [ ] salt\n- [ ] pepper\n", "note", "Soup", "--json").ok());
        phone.heph("add", "Pay rent").ok(); // both have data when they join
        laptop.heph("hub", "join", "http://127.0.0.1:" + port).ok();
        phone.heph("hub", "join", "http://127.0.0.1:" + port).ok();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(phone.heph("show", "Soup", "--raw").out()).isEqualTo("- [ ] salt\n- [ ] pepper\n");
            assertThat(laptop.heph("next").out()).contains("Pay rent");
        });
        changesAreTold(laptop, phone, soup);
        nothingListensBeyondLoopback(hub, laptop);
        assertThat(laptop.heph("hub", "leave").ok().out()).isNotBlank();
        assertThat(laptop.heph("sync").failure(1)).contains("heph hub join");
        laptop.heph("show", "Soup").ok();
    }

    /** An edit on one is on the other's screen at once (H-011). */
    private static void changesAreTold(Device laptop, Device phone, String soup) {
        try (Client screen = phone.connect(); Client keyboard = laptop.connect()) {
            screen.result("node.subscribe", "id", soup);
            keyboard.result("node.update", "id", soup, "body", "- [x] salt\n- [ ] pepper\n");
            JsonNode told = screen.next();
            while (!told.path("method").asText().equals("node.changed")) {
                told = screen.next();
            }
            assertThat(told.at("/params/id").asText()).isEqualTo(soup);
            assertThat(told.at("/params/origin").asText()).isEqualTo("sync");
            assertThat(screen.result("node.get", "id", soup).path("body").asText()).startsWith("- [x] salt");
        }
    }

    /** H-003. */
    private static void nothingListensBeyondLoopback(Device hub, Device laptop) {
        assertThat(Listeners.of(hub.processes())).containsOnly("tcp 127.0.0.1");
        assertThat(Listeners.of(laptop.processes())).containsOnly("tcp 127.0.0.1");
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        all.add(device);
        return device;
    }

    private static String id(Outcome made) {
        return made.json().path("id").asText();
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
