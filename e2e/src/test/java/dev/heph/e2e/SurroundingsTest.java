package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What heph finds where its data should be, and cannot work with: one line says so, and what is there stays as it is. */
class SurroundingsTest {
    private static final String NOBODY = "65534";

    @TempDir
    Path directory;

    private final List<Device> devices = new ArrayList<>();

    @AfterEach
    void end() {
        devices.forEach(Device::close);
    }

    @Test
    void foreignFile_fourProcesses() throws IOException {
        Device device = device();
        Files.createDirectories(device.data());
        Files.writeString(device.data().resolve("heph.db"), "Dear diary, this is no database at all.\n".repeat(100));
        Map<String, String> before = files(device.data());

        assertThat(device.heph("up").failure(1)).contains(device.data().resolve("heph.db") + " is not a heph database");

        assertThat(files(device.data())).containsAllEntriesOf(before);
        assertThat(device.processes()).isEmpty();
    }

    @Test
    void foreignDatabase() throws IOException {
        Device device = device().with("HEPH_LIGHT", "true");
        Files.createDirectories(device.data());
        sql(device, "CREATE TABLE contacts (name TEXT); INSERT INTO contacts VALUES ('Ada')");
        Map<String, String> before = files(device.data());

        assertThat(device.heph("up").failure(1)).contains(device.data().resolve("heph.db") + " is not a heph database");
        assertThat(device.heph("list").failure(1)).contains("is not a heph database");

        assertThat(files(device.data())).containsAllEntriesOf(before);
        assertThat(device.processes()).isEmpty();
    }

    @Test
    void databaseOfANewerHeph_isLeftToIt() throws IOException {
        Device device = device().with("HEPH_LIGHT", "true");
        device.hephWith("old and new", "note", "Kept").ok();
        device.heph("down").ok();
        int schema = schema(device);
        sql(device, "PRAGMA user_version = 99");
        Map<String, String> before = files(device.data());

        assertThat(device.heph("up").failure(1))
                .contains(
                        "written by a newer heph (schema 99",
                        device.data().resolve("backups").toString());

        assertThat(files(device.data())).containsAllEntriesOf(before);
        sql(device, "PRAGMA user_version = " + schema);
        assertThat(device.heph("show", "Kept", "--raw").ok().out()).isEqualTo("old and new");
        device.heph("down").ok();
    }

    @Test
    void notOurs_toReadOrWrite() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Device device = known(Device.as(home, asSomebodyElse())).with("HEPH_LIGHT", "true");
        assumeTrue(
                device.heph("version").exitCode() == 0,
                "what was built is not readable by other users of this machine");

        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(device.heph("up").failure(1)).contains("cannot make the directory " + home, "ermission");
        assertThat(home.toFile().list()).isEmpty();

        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        device.hephWith("mine", "note", "Kept").ok();
        device.heph("down").ok();
        Path database = home.resolve("data/heph.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("---------"));
        long length = Files.size(database);
        assertThat(device.heph("up").failure(1)).contains("database");
        assertThat(Files.size(database)).isEqualTo(length);

        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-------"));
        assertThat(device.heph("show", "Kept", "--raw").ok().out()).isEqualTo("mine");
        device.heph("down").ok();
    }

    /** For root no permission means anything. */
    private static List<String> asSomebodyElse() {
        boolean root = System.getProperty("user.name").equals("root");
        return root ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--") : List.of();
    }

    /** A small file system of one's own, which Linux lets most users have. */
    @Test
    void fullDisk_isSaid_andPasses() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        try (var disk = SmallDisk.at(home, 12)) {
            Device device = known(Device.as(home, disk.inside())).with("HEPH_LIGHT", "true");
            device.hephWith("written in time", "note", "Before").ok();
            String filler = home.resolve("filler").toString();
            assertThat(device.program(List.of("sh", "-c", "head -c 100M /dev/zero > '" + filler + "'"))
                            .exitCode())
                    .isNotZero();

            String large = "does not fit\n".repeat(50_000);
            assertThat(device.hephWith(large, "note", "Too much").failure(75))
                    .isEqualTo("the disk is full: nothing was written; free some space and try again");
            assertThat(device.heph("show", "Before", "--raw").ok().out()).isEqualTo("written in time");
            assertThat(device.heph("health").out()).contains("down").contains("the disk is full: nothing can be written; free some space");
            Outcome doctor = device.heph("doctor", "--rebuild-check");
            assertThat(doctor.exitCode()).isEqualTo(75);
            assertThat(doctor.out()).contains("every hash fits").contains("cannot be looked at now: the disk is full").doesNotContain("WRONG");
            device.program(List.of("rm", filler)).ok();

            device.hephWith(large, "note", "After").ok();
            device.heph("health").ok();
            assertThat(device.heph("show", "Too much").failure(66)).startsWith("no note 'Too much'");
            assertThat(device.heph("show", "After", "--raw").ok().out()).isEqualTo(large);
            device.heph("doctor", "--rebuild-check").ok();
            device.heph("down").ok();
        }
    }

    private Device device() {
        return known(Device.at(directory.resolve("home")));
    }

    private Device known(Device device) {
        devices.add(device);
        return device;
    }

    private static int schema(Device device) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + device.data().resolve("heph.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sql(Device device, String statements) {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + device.data().resolve("heph.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is in the directory's database files, by name. */
    private static Map<String, String> files(Path directory) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().startsWith("heph.db"))
                    .forEach(file -> contents.put(file.getFileName().toString(), content(file)));
        }
        return contents;
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
