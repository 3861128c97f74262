package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heph.testing.FreePort;
import dev.heph.testing.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link CrashPointTest}, of a snapshot: on the hub while it makes one, on a device that joins while it takes one in. Then there is a whole one
 * again, and the device has everything once. Each fault at one write of the one or the other; {@code -Dheph.long=true} goes through all of
 * them, of many writes through those evenly spread.
 */
class SnapshotCrashTest {
    private static final boolean LONG = Boolean.getBoolean("heph.long");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Enough that a hub makes a snapshot. */
    private static final int NOTES = 1_700;

    private static final int MOST = Integer.getInteger("heph.crash.points", 40);

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();
    private Device hub;
    private Device laptop;
    private String url;
    private int notes;
    private int fresh;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Fault.canBeInjected(), "there is no strace here");
        int port = FreePort.next();
        url = "http://127.0.0.1:" + port;
        hub = device("hub");
        hub.heph("hub", "up", "--port", "" + port).ok();
        laptop = device("laptop");
        laptop.heph("hub", "join", url).ok();
        laptop.heph("import", folder().toString()).ok();
        notes = NOTES;
        await().atMost(PATIENCE).until(() -> laptop.heph("sync").exitCode() == 0);
        await().atMost(PATIENCE).until(this::isMade);
    }

    @AfterEach
    void end() {
        all.forEach(Device::close);
    }

    /** The writes of one exchange, from the first that is the snapshot's. */
    private record Range(int after, int last) {
        private static final Range NONE = new Range(0, 0);

        /** Those to go through. */
        List<Integer> points(Random random) {
            if (!LONG && last > after) {
                return List.of(random.nextInt(after + 1, last + 1));
            }
            int most = Math.min(MOST, last - after);
            return IntStream.rangeClosed(1, most).mapToObj(each -> after + (int) ((long) each * (last - after) / most)).toList();
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS) // of the long one
    void atAnyWriteOfASnapshot() throws Exception {
        Random random = new Random(Seed.next());
        boolean one = random.nextBoolean();
        int hit = 0;
        for (Fault fault : Fault.ALL) {
            one = !one;
            Range making = LONG || one ? rehearsedMaking(fault) : Range.NONE;
            Range taking = LONG || !one ? rehearsedTaking(fault) : Range.NONE;
            List<Integer> made = making.points(random);
            List<Integer> taken = taking.points(random);
            int before = hit;
            for (int each = 0; each < Math.max(made.size(), taken.size()); each++) {
                hit += each < made.size() && madeThrough(fault, made.get(each)) ? 1 : 0;
                hit += each < taken.size() && takenThrough(fault, taken.get(each)) ? 1 : 0;
            }
            System.out.printf("%s: of a snapshot's %d writes %d were gone through, of the %d of taking one in %d; %d were broken off%n", fault,
                    making.last() - making.after(), made.size(), taking.last(), taken.size(), hit - before);
        }
        assertThat(hub.heph("doctor", "--rebuild-check").ok().out()).doesNotContain("WRONG");
        assertThat(hit).isPositive();
    }

    private Range rehearsedMaking(Fault fault) throws Exception {
        Fault.Watch watch = fault.watch(hub.process("light"), strace());
        int pushed;
        try (watch) {
            pushed = beginAnother(watch);
            await().atMost(PATIENCE).until(this::isMade);
        }
        return new Range(pushed, watch.calls());
    }

    private Range rehearsedTaking(Fault fault) throws Exception {
        Device device = another();
        Fault.Watch watch = fault.watch(device.process("light"), strace());
        try (watch) {
            device.heph("hub", "join", url).ok();
            device.heph("sync").ok();
            assertThat(device.heph("logs", "--lines", "1000").ok().out()).as("how everything came").containsPattern("snapshot of .* was taken");
        }
        forget(device);
        return new Range(0, watch.calls());
    }

    /** @return whether it came to that */
    private boolean madeThrough(Fault fault, int at) throws Exception {
        ProcessHandle process = hub.process("light");
        Fault.Watch watch = fault.at(at, process, strace());
        try (watch) {
            beginAnother(watch);
            await().atMost(PATIENCE).until(() -> isMade() || watch.hit() || !process.isAlive());
        }
        if (!fault.kills()) {
            hub.heph("down").ok(); // as who has made room again
        }
        CrashPointTest.comeBack(hub);
        await().atMost(PATIENCE).until(() -> laptop.heph("sync").exitCode() == 0);
        await().atMost(PATIENCE).until(this::isMade);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).as("what is left beside it").hasSize(2));
        assertSound();
        return watch.hit();
    }

    /** @return whether it came to that */
    private boolean takenThrough(Fault fault, int at) throws Exception {
        Device device = another();
        Fault.Watch watch = fault.at(at, device.process("light"), strace());
        try (watch) {
            device.heph("hub", "join", url);
            device.heph("sync");
        }
        CrashPointTest.comeBack(device);
        device.heph("hub", "join", url).ok();
        await().atMost(PATIENCE).until(() -> device.heph("sync").exitCode() == 0);
        CrashPointTest.same(notes, hub, device);
        assertThat(device.heph("doctor").ok().out()).doesNotContain("WRONG");
        forget(device);
        return watch.hit();
    }

    /** The hub has lost its snapshot, and is sent a note, after which it makes one. @return how many calls that took */
    private int beginAnother(Fault.Watch watch) throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
        CrashPointTest.write(laptop, notes, ++notes);
        laptop.heph("sync");
        return watch.calls();
    }

    private boolean isMade() {
        return Files.exists(snapshots().resolve("snapshot.json"));
    }

    private Path snapshots() {
        return hub.data().resolve("snapshot");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(snapshots())) {
            return files.toList();
        }
    }

    private void assertSound() throws Exception {
        Path zipped = files().stream().filter(file -> !file.endsWith("snapshot.json")).findAny().orElseThrow();
        Path database = directory.resolve("unzipped.db");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
            Files.copy(in, database, StandardCopyOption.REPLACE_EXISTING);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT quick_check, (SELECT sum(count) FROM bundles) FROM pragma_quick_check LIMIT 1")) {
            assertThat(row.getString(1)).as("what SQLite says of the snapshot").isEqualTo("ok");
            assertThat(row.getLong(2)).as("ops").isEqualTo(Json.read(Files.readString(snapshots().resolve("snapshot.json"))).path("ops").asLong());
        }
    }

    private Path folder() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("notes"));
        for (int note = 0; note < NOTES; note++) {
            Files.writeString(folder.resolve("Note " + note + ".md"), "text " + note + ", after [[Note " + (note - 1) + "]]\n");
        }
        return folder;
    }

    private Device another() {
        Device device = device("fresh" + fresh++);
        device.heph("up").ok();
        return device;
    }

    private void forget(Device device) {
        device.close();
        all.remove(device);
        try (Stream<Path> files = Files.walk(device.home())) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path strace() {
        return directory.resolve("strace.log");
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        all.add(device);
        return device;
    }
}
