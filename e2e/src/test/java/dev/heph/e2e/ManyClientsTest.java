package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.testing.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H-012: many surfaces at once get in each other's way as little as if each had the device to itself. */
class ManyClientsTest {
    private static final int CLIENTS = 16;
    private static final int MUTATIONS = 200;
    private static final int SHARED_NOTES = 4;
    private static final Pattern LOG = Pattern.compile("(\\d+) ops in (\\d+) bundles");

    @TempDir
    Path directory;

    private Device device;

    @BeforeEach
    void up() {
        device = Device.at(directory.resolve("home"));
        device.heph("up").ok();
    }

    @AfterEach
    void end() {
        device.close();
    }

    /** What the log holds; one bundle is one mutation. */
    private record LogSize(int ops, int bundles) {}

    @Test
    void nothingIsLost() throws Exception {
        long seed = Seed.next();
        List<String> shared = sharedNotes();
        LogSize before = logSize("doctor");
        long start = System.nanoTime();
        List<Surface> surfaces = run(shared, seed);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d clients, %d mutations each: %.1f s, %.0f mutations/s%n",
                CLIENTS, MUTATIONS, seconds, CLIENTS * MUTATIONS / seconds);

        LogSize after = logSize("doctor", "rebuild_check", true);
        assertThat(after.bundles() - before.bundles()).as("bundles").isEqualTo(CLIENTS * MUTATIONS);
        assertThat(after.ops() - before.ops())
                .as("ops: a save writes one for each place that it changes")
                .isGreaterThanOrEqualTo(surfaces.stream().mapToInt(Surface::ops).sum());
        try (Client client = device.connect()) {
            for (Surface surface : surfaces) {
                surface.check(client);
            }
            checkShared(client, shared, surfaces);
        }
        device.heph("down").ok();
    }

    private List<Surface> run(List<String> shared, long seed) throws Exception {
        List<Callable<Surface>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client" + i;
            var random = new Random(seed + i);
            work.add(() -> {
                try (Client client = device.connect()) {
                    var surface = new Surface(name, client, shared, random);
                    for (int n = 0; n < MUTATIONS; n++) {
                        surface.mutate();
                    }
                    return surface;
                }
            });
        }
        List<Surface> done = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Surface> each : threads.invokeAll(work)) {
                done.add(each.get());
            }
        }
        return done;
    }

    private List<String> sharedNotes() {
        List<String> ids = new ArrayList<>();
        try (Client client = device.connect()) {
            for (int i = 0; i < SHARED_NOTES; i++) {
                ids.add(client.result("node.create", "kind", "doc", "title", "Shared " + i, "body", "start\n")
                        .path("id")
                        .asText());
            }
        }
        return ids;
    }

    /** Every line and every alias that was acknowledged, once, and nothing besides. */
    private static void checkShared(Client client, List<String> shared, List<Surface> surfaces) {
        for (int i = 0; i < shared.size(); i++) {
            JsonNode note = client.result("node.get", "id", shared.get(i));
            List<String> lines = new ArrayList<>(List.of("start"));
            List<String> aliases = new ArrayList<>();
            for (Surface surface : surfaces) {
                lines.addAll(surface.linesIn(shared.get(i)));
                aliases.addAll(surface.aliasesOf(shared.get(i)));
            }
            assertThat(note.path("body").asText().lines().toList()).containsExactlyInAnyOrderElementsOf(lines);
            List<String> shown = new ArrayList<>();
            note.path("aliases").forEach(alias -> shown.add(alias.asText()));
            assertThat(shown).containsExactlyInAnyOrderElementsOf(aliases);
        }
    }

    private LogSize logSize(Object... doctor) {
        try (Client client = device.connect()) {
            JsonNode report = client.result(
                    (String) doctor[0],
                    List.of(doctor).subList(1, doctor.length).toArray());
            assertThat(report.path("ok").asBoolean()).as("%s", report).isTrue();
            Matcher log = LOG.matcher(report.toString());
            assertThat(log.find()).as("%s", report).isTrue();
            return new LogSize(Integer.parseInt(log.group(1)), Integer.parseInt(log.group(2)));
        }
    }
}
