package dev.heph.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a backup holds, and what it never does to the files that are there. */
class BackupTest {
    @TempDir
    Path tmp;

    @Test
    void itIsOneSoundFileForItsOwnerAlone() throws IOException {
        Shelf shelf = Shelf.in(tmp.resolve("home"));
        shelf.note("Bread");
        Path file = tmp.resolve("copy.db");
        JsonNode made = shelf.backup(file);

        assertThat(made.path("path").asText()).isEqualTo(file.toString());
        assertThat(made.path("notes").asInt()).isOne();
        assertThat(made.path("devices").asInt()).isOne();
        assertThat(made.path("ops").asInt()).isPositive();
        assertThat(made.path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Shelf.sql(file, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(Shelf.sql(file, "SELECT key FROM backup")).isEqualTo(Files.readString(shelf.home().data().resolve("device.key")).strip());
        try (var files = Files.list(tmp)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("home", "copy.db");
        }
    }

    @Test
    void itHasEverythingThatWasAnsweredBefore_whileMoreIsWritten() {
        Shelf shelf = Shelf.in(tmp.resolve("home"));
        Path file = tmp.resolve("copy.db");
        int before = shelf.running(store -> {
            var answered = new AtomicInteger();
            var stop = new AtomicInteger();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (stop.get() == 0) {
                    Shelf.note(store, "Note " + answered.get());
                    answered.incrementAndGet();
                }
            });
            while (answered.get() < 50) {
                Thread.onSpinWait();
            }
            int at = answered.get();
            store.call("backup", Json.object().put("path", file.toString()));
            stop.set(1);
            join(writer);
            assertThat(answered.get()).as("it went on").isGreaterThan(at);
            return at;
        });

        assertThat(Integer.parseInt(Shelf.sql(file, "SELECT count(*) FROM nodes WHERE title LIKE 'Note %'"))).isGreaterThanOrEqualTo(before);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void inADirectoryItIsNamedAfterItsTime_andWithoutAPathBesideTheData() {
        Shelf shelf = Shelf.in(tmp.resolve("home"));
        Path named = Path.of(shelf.backup(tmp).path("path").asText());
        assertThat(named).exists().hasParent(tmp);
        assertThat(named.getFileName().toString()).matches("heph-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.db");
        String usual = shelf.running(store -> store.call("backup", Json.object())).path("path").asText();
        assertThat(Path.of(usual)).exists().hasParent(shelf.backups());
    }

    @Test
    void itNeverReplacesAFile() throws IOException {
        Shelf shelf = Shelf.in(tmp.resolve("home"));
        Path mine = Files.writeString(tmp.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> shelf.backup(mine))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessage(mine + " exists, and a backup never replaces a file: name another");
        assertThat(mine).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource({"nowhere/copy.db,NOT_FOUND,make it first", "home/config/heph.properties/copy.db,NOT_FOUND,make it first"})
    void whereItCannotLieIsSaid(String path, Reason reason, String said) throws IOException {
        Shelf shelf = Shelf.in(tmp.resolve("home"));
        Files.writeString(shelf.home().configFile(), "");
        assertThatThrownBy(() -> shelf.backup(tmp.resolve(path)))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(said);
        assertThatThrownBy(() -> shelf.backup(Path.of("copy.db"))).hasMessage("'path' must be absolute, such as /media/stick");
    }

    @Test
    void theDevicesAreListedWithWhatTheyWroteLast() {
        Shelf shelf = Shelf.in(tmp.resolve("home"));
        long start = System.currentTimeMillis();
        shelf.note("Bread");
        JsonNode device = shelf.running(store -> store.call("device.list", Json.object())).path(0);

        assertThat(device.path("self").asBoolean()).isTrue();
        assertThat(device.path("revoked").asBoolean()).isFalse();
        assertThat(device.path("name").asText()).isNotEmpty();
        assertThat(device.path("seq").asInt()).isPositive();
        assertThat(device.path("at").asLong()).isBetween(start, System.currentTimeMillis());
    }
}
