package dev.heph.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path tmp;

    @Test
    void oneDirectoryHoldsEverything() throws Exception {
        Home home = Home.locate(Map.of("HEPH_HOME", tmp.toString(), "XDG_DATA_HOME", "/elsewhere"), Optional.empty());

        Path real = tmp.toRealPath();
        assertThat(home).isEqualTo(new Home(real.resolve("data"), real.resolve("config"), real.resolve("run"), real.resolve("logs")));
        assertThat(home.socket()).isEqualTo(real.resolve("run/hephd.sock"));
        assertThat(home.lock()).isEqualTo(real.resolve("data/heph.lock"));
    }

    @Test
    void theFlagWinsOverTheEnvironment() {
        Home home = Home.locate(Map.of("HEPH_HOME", "/environment"), Optional.of(tmp));

        assertThat(home).isEqualTo(Home.in(tmp));
    }

    @Test
    void xdgDirectoriesAreUsedWithoutHephHome() {
        Home home = Home.locate(
                Map.of("XDG_DATA_HOME", "/d", "XDG_CONFIG_HOME", "/c", "XDG_RUNTIME_DIR", "/r", "XDG_STATE_HOME", "/s"),
                Optional.empty());

        assertThat(home).isEqualTo(new Home(Path.of("/d/heph"), Path.of("/c/heph"), Path.of("/r/heph"), Path.of("/s/heph/logs")));
    }

    @Test
    void withoutXdgVariablesOrWithRelativeOnesTheDefaultsAreUsed() {
        Home home = Home.locate(Map.of("HOME", "/nobody", "XDG_DATA_HOME", "relative", "HEPH_HOME", ""), Optional.empty());

        assertThat(home)
                .isEqualTo(new Home(
                        Path.of("/nobody/.local/share/heph"),
                        Path.of("/nobody/.config/heph"),
                        Path.of("/nobody/.local/state/heph/run"),
                        Path.of("/nobody/.local/state/heph/logs")));
    }

    @Test
    void twoNamesOfOneDirectoryAreOneInstallation() throws Exception {
        Path target = Files.createDirectory(tmp.resolve("target"));
        Path link = Files.createSymbolicLink(tmp.resolve("link"), target);

        assertThat(Home.in(link)).isEqualTo(Home.in(target));
        assertThat(Home.in(link.resolve("not/yet/there"))).isEqualTo(Home.in(target.resolve("not/yet/there")));
    }

    @Test
    void theDirectoriesAreMadeForTheirOwnerAlone() throws Exception {
        Home home = Home.in(tmp.resolve("new")).create();

        for (Path directory : new Path[] {home.data(), home.config(), home.run(), home.logs()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
        }
        Files.setPosixFilePermissions(home.run(), PosixFilePermissions.fromString("rwxr-xr-x"));
        home.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.run()))).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(tmp.resolve("file"));

        assertThatThrownBy(() -> Home.in(file).create())
                .isInstanceOf(HephException.class)
                .hasMessageStartingWith("cannot make the directory " + file.toRealPath().resolve("data"))
                .hasMessageEndingWith("Choose another place: HEPH_HOME=DIR");
    }

    @Test
    void aSocketPathTooLongForTheSystemGoesToAShortDirectoryThatAllAgreeOn() throws Exception {
        Path deep = tmp.resolve("x".repeat(60)).resolve("y".repeat(60));
        Home home = Home.in(deep).create();

        assertThat(home.socket().toString().length()).isLessThan(100);
        assertThat(home.socket()).isEqualTo(Home.in(deep).socket()).isNotEqualTo(Home.in(deep.resolve("z")).socket());
        Path directory = home.socket().getParent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
        Files.delete(directory);
    }

    @Test
    void aShortDirectoryThatIsALinkIsRefused() throws Exception {
        Home home = Home.in(tmp.resolve("x".repeat(60)).resolve("y".repeat(60)));
        Path directory = home.socket().getParent();
        Files.createSymbolicLink(directory, Files.createDirectory(tmp.resolve("trap")));
        try {
            assertThatThrownBy(home::create).hasMessageContaining("belongs to somebody else");
        } finally {
            Files.delete(directory);
        }
    }

    @Test
    void onlyASocketInADirectoryOfThisUserAloneIsConnectedTo() throws Exception {
        Home home = Home.in(tmp.resolve("x".repeat(60)).resolve("y".repeat(60)));
        Path directory = home.socket().getParent();
        assertThat(home.socketToConnect()).as("nobody is there yet").isEqualTo(home.socket());
        Files.createDirectory(directory);
        try {
            assertThatThrownBy(home::socketToConnect).hasMessageContaining("belongs to somebody else");
            assertThat(home.create().socketToConnect()).isEqualTo(home.socket());

            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThatThrownBy(home::socketToConnect)
                    .isInstanceOf(HephException.class)
                    .hasMessageStartingWith(directory + " is open to others");
        } finally {
            Files.delete(directory);
        }
    }

    @Test
    void configAndLogsMayBeSharedAsTheirOwnerLikes() throws Exception {
        Path shared = Files.createDirectory(tmp.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Home home = Home.in(tmp.resolve("home"));
        Files.createDirectories(home.data().getParent());
        Files.createSymbolicLink(home.config(), shared);
        Files.createSymbolicLink(home.logs(), shared);

        home.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared))).isEqualTo("rwxr-xr-x");
    }
}
