package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub and its devices, each with its own real processes, as an operator meets them (docs/design/sync.md). */
class SyncTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();
    private final List<Proxy> proxies = new ArrayList<>();

    @AfterEach
    void end() {
        all.forEach(Device::close);
        proxies.forEach(Proxy::close);
    }

    /** The way of one person with a laptop, a phone and a hub. */
    @Test
    void fromTwoDevicesToOneContext() throws IOException {
        int port = freePort();
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
        apart(hub, laptop, phone, port);
        nothingListensBeyondLoopback(hub, laptop);
        restoredHub(hub, laptop, phone, port);
        clone(laptop, phone, port);
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

    /** Partition and reconcile, with a race that becomes a conflict and is settled once (H-096, H-112). */
    private static void apart(Device hub, Device laptop, Device phone, int port) {
        hub.heph("hub", "down").ok();
        assertThat(laptop.heph("sync").failure(69)).contains("http://127.0.0.1:" + port);
        laptop.heph("rename", "Soup", "Broth").ok();
        phone.heph("rename", "Soup", "Stew").ok();
        laptop.heph("note", "Only here").ok();
        assertThat(laptop.heph("sync", "--status").ok().out()).contains("offline", "wait here");
        hub.heph("hub", "up", "--light").ok();
        laptop.heph("sync").ok();
        phone.heph("sync").ok();
        laptop.heph("sync").ok();
        same(hub, laptop, phone);
        JsonNode conflict = phone.heph("conflicts", "--json").ok().json().path("conflicts").path(0);
        assertThat(conflict.path("sides")).hasSize(2);
        try (Client client = phone.connect()) {
            client.result("conflicts.resolve", "id", conflict.path("id").asText(), "value", "Soup");
        }
        phone.heph("sync").ok();
        laptop.heph("sync").ok();
        assertThat(laptop.heph("conflicts", "--json").ok().json().path("conflicts")).isEmpty();
        same(hub, laptop, phone);
    }

    /** H-003. */
    private static void nothingListensBeyondLoopback(Device hub, Device laptop) {
        assertThat(Listeners.of(hub.processes())).containsOnly("tcp 127.0.0.1");
        assertThat(Listeners.of(laptop.processes())).containsOnly("tcp 127.0.0.1");
    }

    /** The hub comes back as it was some time ago: what the devices have since then comes back to it. */
    private void restoredHub(Device hub, Device laptop, Device phone, int port) throws IOException {
        hub.heph("backup", directory.resolve("hub-backup.db").toString()).ok();
        laptop.heph("note", "After the backup").ok();
        laptop.heph("sync").ok();
        phone.heph("sync").ok();
        laptop.heph("down").ok(); // while they run they bring it back before anybody has looked
        phone.heph("down").ok();
        hub.heph("backup", "restore", directory.resolve("hub-backup.db").toString()).ok();
        hub.heph("hub", "up", "--light").ok();
        assertThat(hub.heph("list").ok().out()).doesNotContain("After the backup");
        phone.heph("sync").ok(); // not who wrote it
        assertThat(hub.heph("list").ok().out()).contains("After the backup");
        laptop.heph("sync").ok();
        same(hub, laptop, phone);
    }

    /** Two machines go on from one directory: both keep what they wrote. */
    private void clone(Device laptop, Device phone, int port) throws IOException {
        laptop.heph("down").ok();
        copy(laptop.home(), directory.resolve("clone"));
        Device clone = device("clone");
        clone.heph("note", "Of the clone").ok();
        laptop.heph("note", "Of the original").ok();
        for (int round = 0; round < 2; round++) {
            laptop.heph("sync").ok();
            clone.heph("sync").ok();
        }
        phone.heph("sync").ok();
        assertThat(phone.heph("list").ok().out()).contains("Of the clone", "Of the original");
        same(laptop, phone, clone);
        clone.heph("down").ok();
    }

    private static void same(Device... devices) {
        List<String> shown = new ArrayList<>();
        for (Device device : devices) {
            shown.add(device.heph("list", "--json", "--limit", "1000").ok().out());
        }
        assertThat(shown).allMatch(shown.getFirst()::equals);
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        all.add(device);
        return device;
    }

    private static String id(Outcome made) {
        return made.json().path("id").asText();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
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
