package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping, and where everything is. */
class UpAndDownTest {
    @TempDir
    Path directory;

    private final List<Device> devices = new ArrayList<>();

    @AfterEach
    void end() {
        devices.forEach(Device::close);
    }

    @Test
    void up_atOnceFromTwoShells_startsOne_andDownEndsAll() throws IOException {
        Device device = device("home");
        var first = device.begin("up");
        var second = device.begin("up");
        List<String> said = List.of(first.join().ok().out(), second.join().ok().out());
        long pid = device.process("supervisor").pid();
        assertThat(said)
                .anyMatch(line -> line.matches("heph is up after .* s\n"))
                .anyMatch(line -> line.equals("heph is running already (pid " + pid + ")\n"));
        assertThat(device.processes()).hasSize(5);

        assertThat(device.hephWith("kept", "note", "Kept").ok().err()).isEmpty();
        secondStarts_areRefused(device);
        nothingListensBeyondLoopback(device);
        ownerOnly(device);

        assertThat(device.heph("down").ok().out()).isEqualTo("heph is down\n");
        assertThat(device.processes()).isEmpty();
        assertThat(device.socket()).doesNotExist();
        assertThat(device.heph("down").ok().out()).isEqualTo("heph was not running\n");
        assertThat(device.heph("show", "Kept", "--no-start").failure(69))
                .isEqualTo("the daemon is not running. Start it: heph up");
        assertThat(device.heph("status").exits(69).out()).startsWith("heph is not running. Start it: heph up\n");

        // H-013: a command starts what it needs
        assertThat(device.heph("show", "Kept", "--raw").ok().out()).isEqualTo("kept");
        assertThat(device.processes()).hasSize(5);
        assertThat(device.heph("down").ok().err()).isEmpty();
    }

    /** H-001, and the same for the socket (H-006). */
    private static void secondStarts_areRefused(Device device) {
        long holder = device.process("store").pid();
        assertThat(device.service("dev.heph.store.StoreMain").failure(1))
                .isEqualTo("the data in " + device.data() + " is in use by pid " + holder
                        + " (heph store). Stop it first: heph down");
        assertThat(device.service("dev.heph.gateway.GatewayMain").failure(1))
                .contains(device.socket() + " already", "heph down");
        assertThat(device.process("store").pid()).isEqualTo(holder);
        device.heph("show", "Kept", "--no-start").ok();
    }

    /** H-003. */
    private static void nothingListensBeyondLoopback(Device device) {
        assertThat(Listeners.of(device.processes()))
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly("tcp 127.0.0.1");
        assertThat(Listeners.of(List.of(device.process("supervisor")))).isEmpty();
    }

    /** H-006. */
    private static void ownerOnly(Device device) throws IOException {
        for (String directory : List.of("data", "run", "config", "logs")) {
            assertThat(permissions(device.home().resolve(directory)))
                    .as(directory)
                    .isEqualTo("rwx------");
        }
        for (String file : List.of("data/heph.db", "data/device.key", "run/hephd.sock", "run/secret")) {
            assertThat(permissions(device.home().resolve(file))).as(file).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void twoHomes_sideBySide_knowNothingOfEachOther() {
        Device one = device("a home with spaces, ünïcode and 'quotes'");
        Device other = device("other");
        one.heph("up", "--light").ok();
        other.heph("up", "--light").ok();
        one.hephWith("of the one", "note", "Same").ok();
        other.hephWith("of the other", "note", "Same").ok();

        assertThat(one.heph("show", "Same", "--raw").ok().out()).isEqualTo("of the one");
        assertThat(other.heph("show", "Same", "--raw").ok().out()).isEqualTo("of the other");
        other.heph("down").ok();
        assertThat(other.processes()).isEmpty();
        assertThat(one.heph("show", "Same", "--raw", "--no-start").ok().out()).isEqualTo("of the one");
        one.heph("down").ok();
    }

    @Test
    void longHome_hasItsSocketElsewhere() throws IOException {
        Device device = device("long".repeat(30) + "/" + "longer".repeat(30));
        device.heph("up", "--light").ok();
        device.hephWith("there", "note", "Far away").ok();

        Path socket = Path.of(
                device.heph("status", "--json").ok().json().path("socket").asText());
        assertThat(socket.toString()).hasSizeLessThanOrEqualTo(100);
        assertThat(permissions(socket.getParent())).isEqualTo("rwx------");
        assertThat(permissions(socket)).isEqualTo("rw-------");
        device.heph("down").ok();
        assertThat(socket).doesNotExist();
        Files.delete(socket.getParent());
    }

    /** H-006: the places that a desktop sets; and the settings from the environment. */
    @Test
    void withoutAHome_xdgDirectories() throws IOException {
        Path runtime = Files.createDirectory(directory.resolve("runtime"));
        Path user = Files.createDirectory(directory.resolve("user"));
        Device device = known(Device.ofUser(user, runtime)).with("HEPH_LIGHT", "true");

        device.hephWith("here", "note", "Desktop").ok();

        assertThat(device.processes()).hasSize(1);
        assertThat(permissions(runtime.resolve("heph/hephd.sock"))).isEqualTo("rw-------");
        assertThat(user.resolve(".local/share/heph/heph.db")).exists();
        device.heph("down").ok();
    }

    @Test
    void unknownSettings_areNamed_andNothingStarts() throws IOException {
        Device device = device("home");
        Path config = Files.createDirectories(device.home().resolve("config")).resolve("heph.properties");
        Files.writeString(config, "log.levle = DEBUG\n");

        assertThat(device.heph("up").failure(65)).contains("'log.levle'", "log.level", config.toString());
        Files.writeString(config, "log.level = DEBUG\n");
        device.with("HEPH_LIHGT", "true");
        assertThat(device.heph("list").failure(65)).contains("HEPH_LIHGT", "HEPH_LIGHT");
        device.without("HEPH_LIHGT");
        assertThat(device.heph("up", "--log-level", "LOUD").failure(65)).contains("'LOUD'", "DEBUG, INFO, WARNING");

        assertThat(device.processes()).isEmpty();
        assertThat(device.data().resolve("heph.db")).doesNotExist();
    }

    @Test
    void try_showsItself_andLeavesNothingRunning() throws IOException {
        Device device = device("mine");

        Outcome tour = device.heph(
                        "try", Installation.ROOT.resolve("examples/vault").toString())
                .ok();

        assertThat(tour.out()).contains("heph import", "heph search", "heph backlinks", "heph next", "heph down");
        assertThat(device.home()).doesNotExist();
        Path left = Path.of(tour.err().replaceFirst("(?s).*rm -r (\\S+)\n$", "$1"));
        assertThat(left.getFileName().toString()).startsWith("heph-try-");
        Device toured = known(Device.at(left));
        assertThat(toured.processes()).isEmpty();
        toured.program(List.of("rm", "-r", left.toString())).ok();
    }

    private Device device(String name) {
        return known(Device.at(directory.resolve(name)));
    }

    private Device known(Device device) {
        devices.add(device);
        return device;
    }
}
