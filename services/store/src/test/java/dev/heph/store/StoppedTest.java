package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.store.db.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** After a stop a database is one file, which can be copied. */
class StoppedTest {
    @Test
    void nothingIsLeftBesideADevicesDatabase() throws Exception {
        try (RunningStore store = RunningStore.temporary()) {
            List<String> notes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                notes.add("Note " + i);
                store.doc(notes.getLast(), "text\n");
            }
            store.call("search", "{'query':'text'}");
            store.stop();

            assertThat(besides(store.home.data())).isEmpty();
            assertThat(store.sql("SELECT count(*) FROM nodes WHERE title LIKE 'Note %'")).isEqualTo("20");
            store.start();
            assertThat(store.titles(store.call("node.list", "{'kind':'doc'}").path("nodes"))).containsExactlyInAnyOrderElementsOf(notes);
        }
    }

    @Test
    void norBesideTheDatabasesOfAHub() throws Exception {
        try (RunningStore hub = RunningStore.hub()) {
            for (String person : new String[] {"ada", "bob"}) {
                String space = hub.call("people.admit", "{'issuer':'https://id.example','subject':'" + person + "','name':'" + person + "'}")
                        .path("space").asText();
                hub.callIn(space, "node.create", "{'kind':'doc','title':'A note','body':'text\\n'}");
                hub.callIn(space, "search", "{'query':'text'}");
            }
            hub.stop();

            assertThat(besides(hub.home.data())).isEmpty();
            hub.start();
        }
    }

    /** By hand, without looking what else lies there. */
    @Test
    void aBackupMayBeCopiedInTheDatabasesPlaceAlsoAfterAKill() throws Exception {
        try (RunningStore store = RunningStore.temporary()) {
            Path data = store.home.data();
            store.doc("Before", "");
            Path backup = Path.of(store.call("backup", "{}").path("path").asText());
            store.doc("After", "");
            Path log = Files.copy(data.resolve("heph.db-wal"), data.resolve("left"));
            store.stop();
            Files.move(log, data.resolve("heph.db-wal"), StandardCopyOption.REPLACE_EXISTING);
            Files.delete(data.resolve("heph.db"));
            Files.copy(backup, data.resolve("heph.db"));
            store.start();

            assertThat(store.titles(store.call("node.list", "{'kind':'doc'}").path("nodes"))).containsExactly("Before");
            assertThat(store.call("doctor", "{'rebuild_check':true}").path("ok").asBoolean()).isTrue();
            assertThat(Database.in(data).schema()).isPresent();
        }
    }

    private static List<Path> besides(Path data) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith("-wal") || file.toString().endsWith("-shm")).toList();
        }
    }
}
