package dev.heph.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup put in the place of what is there, and what is refused without a byte changed. */
class RestoreTest {
    @TempDir
    Path tmp;

    private Shelf shelf;
    private Path backup;

    @BeforeEach
    void makeABackup() {
        shelf = Shelf.in(tmp.resolve("home"));
        shelf.note("Bread");
        backup = tmp.resolve("backup.db");
        shelf.backup(backup);
        shelf.note("Cake");
    }

    @Test
    void whatWasIsBack_andWhatWasHereIsKept() throws IOException {
        String device = shelf.device();
        List<String> said = shelf.restore(backup);

        assertThat(shelf.titles()).containsExactly("Bread");
        assertThat(shelf.device()).as("what was written since may be with others").isNotEqualTo(device);
        assertThat(said).startsWith("checked").contains("notes=1", "devices=1").anyMatch(line -> line.startsWith("at=1"));
        Path aside = aside();
        assertThat(said).contains("aside=" + aside);
        assertThat(Shelf.sql(aside.resolve("heph.db"), "SELECT count(*) FROM nodes WHERE title = 'Cake'")).isEqualTo("1");
        assertThat(Shelf.sql(shelf.database(), "SELECT count(*) FROM sqlite_schema WHERE name = 'backup'")).as("the key is not in it").isEqualTo("0");
        String key = Files.readString(aside.resolve("device.key")).strip();
        assertThat(new String(Files.readAllBytes(shelf.database()), java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(key);
        shelf.note("Rye");
        assertThat(shelf.titles()).containsExactly("Bread", "Rye");
    }

    @Test
    void whatWasPutAsideIsRestoredLikeABackup() throws IOException {
        String device = shelf.device();
        Shelf other = Shelf.in(tmp.resolve("other"));
        other.note("Rye");
        Path of = tmp.resolve("other.db");
        other.backup(of);

        shelf.restore(of);
        assertThat(shelf.titles()).containsExactly("Rye");
        assertThat(shelf.device()).isNotEqualTo(other.device());
        shelf.restore(aside().resolve("heph.db"));
        assertThat(shelf.titles()).containsExactly("Bread", "Cake");
        assertThat(shelf.device()).isNotEqualTo(device);
    }

    @Test
    void onAnotherMachineItIsADeviceOfItsOwn() throws IOException {
        Shelf other = Shelf.in(tmp.resolve("other"));
        List<String> said = other.restore(backup);

        assertThat(said).noneMatch(line -> line.startsWith("aside="));
        assertThat(other.device()).isNotEqualTo(shelf.device());
        other.note("Rye");
        assertThat(other.titles()).containsExactly("Bread", "Rye");
    }

    @Test
    void aDamagedDatabaseIsReplacedAndKept() throws IOException {
        Files.writeString(shelf.database(), "dear diary, ".repeat(1000));
        Files.writeString(shelf.home().data().resolve("heph.db-wal"), "and so on");
        shelf.restore(backup);

        assertThat(shelf.titles()).containsExactly("Bread");
        assertThat(aside().resolve("heph.db")).content().startsWith("dear diary");
    }

    @Test
    void aCopyMadeByHandHasItsLastCommits() throws IOException {
        Path copy = Files.createDirectory(tmp.resolve("copy"));
        shelf.running(store -> {
            Shelf.note(store, "Rye");
            try (var files = Files.list(shelf.home().data())) {
                for (Path file : files.filter(file -> file.getFileName().toString().startsWith("heph.db")).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        });
        assertThat(copy.resolve("heph.db-wal")).isNotEmptyFile();
        shelf.restore(copy.resolve("heph.db"));

        assertThat(shelf.titles()).containsExactly("Bread", "Cake", "Rye");
    }

    @Test
    void aDatabaseOfAnEarlierVersionIsBroughtUpToDate() throws IOException {
        shelf.restore(Path.of("src/test/resources/fixtures/schema-1.db").toAbsolutePath());

        assertThat(shelf.titles()).contains("Good soup");
    }

    @Test
    void whatIsNoBackupIsRefused() throws IOException {
        Path photos = tmp.resolve("photos.db");
        Shelf.sql(photos, "CREATE TABLE photos (x)");
        refused(Files.writeString(tmp.resolve("diary.txt"), "dear diary, ".repeat(1000)), Reason.INVALID_PARAMS, "is no backup of heph's: nothing was changed");
        refused(Files.createFile(tmp.resolve("empty.db")), Reason.INVALID_PARAMS, "is no backup of heph's: nothing was changed");
        refused(photos, Reason.INVALID_PARAMS, "is no backup of heph's: nothing was changed");
        refused(tmp.resolve("none.db"), Reason.NOT_FOUND, "does not exist; name one that heph backup has written");
        refused(tmp, Reason.NOT_FOUND, "is not a file; name one that heph backup has written");
        refused(shelf.database(), Reason.CONFLICT, "is the data itself; name a backup");
    }

    @Test
    void aNewerOneIsRefused() {
        Shelf.sql(backup, "PRAGMA user_version = 99");
        refused(backup, Reason.CONFLICT, "was made by a newer heph (schema 99, this one knows ");
    }

    @Test
    void aDamagedOneIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(backup);
        for (int page = 3; page < bytes.length / 4096; page += 2) {
            java.util.Arrays.fill(bytes, page * 4096, page * 4096 + 600, (byte) 'x');
        }
        refused(Files.write(tmp.resolve("damaged.db"), bytes), Reason.STORAGE, "nothing was changed");
        refused(Files.write(tmp.resolve("cut.db"), java.util.Arrays.copyOf(bytes, 40_000)), Reason.STORAGE, "nothing was changed");
    }

    @Test
    void aLogThatWasTamperedWithIsRefused() {
        Shelf.sql(backup, "DROP TRIGGER bundles_are_final", "UPDATE bundles SET payload = x'00' WHERE arrival = 1");
        refused(backup, Reason.STORAGE, "is damaged (log: ");
    }

    @Test
    void besideARunningStoreNothingIsChanged() {
        List<String> titles = shelf.titles();
        shelf.running(store -> {
            assertThatThrownBy(() -> shelf.restore(backup)).hasMessageContaining("in use by pid");
            return null;
        });
        assertThat(shelf.titles()).isEqualTo(titles);
    }

    @Test
    void withoutTheWordNothingIsChanged() throws IOException {
        Map<String, String> before = contents(shelf);
        assertThat(shelf.restore(Mode.DEVICE, backup, "")).containsExactly("checked");
        assertThat(contents(shelf)).isEqualTo(before);
    }

    @Test
    void aRestoredHubIsAnotherOne() throws IOException {
        Shelf hub = hub("hub");
        hub.note("Rye");
        Path copy = tmp.resolve("hub.db");
        hub.backup(copy);
        hub.note("Oats");
        JsonNode before = hub.state();

        hub.restore(Mode.HUB, copy, "go\n");

        assertThat(hub.titles()).containsExactly("Rye");
        assertThat(hub.state().path("mode").asText()).isEqualTo("hub");
        assertThat(hub.state().path("chain").asText()).isNotEqualTo(before.path("chain").asText());
        assertThat(hub.state().path("epoch").asText()).isNotEqualTo(before.path("epoch").asText());
    }

    @Test
    void aHubsGoesIntoAHubsHomeOrAnEmptyOne_andADevicesIntoNoHubs() throws IOException {
        Shelf hub = hub("hub");
        hub.note("Rye");
        Path copy = tmp.resolve("hub.db");
        hub.backup(copy);

        refusedIn(hub, Mode.HUB, backup, backup + " is a device's, and " + tmp.resolve("hub/data") + " is a hub's: nothing was changed;");
        refusedIn(shelf, Mode.DEVICE, copy, copy + " is a hub's, and " + tmp.resolve("home/data") + " is a device's: nothing was changed;");
        Shelf fresh = Shelf.in(tmp.resolve("fresh"));
        fresh.restore(copy);
        assertThat(fresh.home().configFile()).hasContent("mode = hub\n");
        assertThat(fresh.state().path("mode").asText()).isEqualTo("hub");
        assertThat(fresh.titles()).containsExactly("Rye");
    }

    private Shelf hub(String name) throws IOException {
        Shelf hub = Shelf.in(tmp.resolve(name));
        Files.writeString(hub.home().configFile(), "mode = hub\n");
        return hub;
    }

    private static void refusedIn(Shelf shelf, Mode mode, Path file, String said) {
        Map<String, String> before = contents(shelf);
        assertThatThrownBy(() -> shelf.restore(mode, file, "go\n")).hasMessageStartingWith(said);
        assertThat(contents(shelf)).isEqualTo(before);
    }

    private void refused(Path file, Reason reason, String said) {
        Map<String, String> before = contents(shelf);
        assertThatThrownBy(() -> shelf.restore(file))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(said)
                .message().hasLineCount(1);
        assertThat(contents(shelf)).isEqualTo(before);
    }

    /** Every file of the data with its bytes. */
    private static Map<String, String> contents(Shelf shelf) {
        try (var files = Files.walk(shelf.home().data())) {
            return files.filter(Files::isRegularFile).collect(Collectors.toMap(Path::toString, RestoreTest::bytes, (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bytes(Path file) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path aside() {
        try (var files = Files.list(shelf.backups())) {
            return files.filter(file -> file.getFileName().toString().startsWith("before-restore-")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
