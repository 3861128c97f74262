package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Snapshot;
import dev.heph.runtime.Json;
import dev.heph.store.exchange.SnapshotJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** "Snapshot" in docs/design/sync.md: a fresh device takes everything at once, and ends where a replay ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotTest extends HubAndDevices {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int NOTES = 2_000;

    private String edited;
    private JsonNode described;

    /** Enough that a hub finds it worth a snapshot, with a conflict, a tombstone and a recurring task in it. */
    @BeforeAll
    void muchOnTheHub() {
        ObjectNode batch = Json.object().put("vault", "/home/me/notes").put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAV").put("last", true);
        ArrayNode notes = batch.putArray("notes");
        for (int note = 0; note < NOTES; note++) {
            notes.addObject().put("path", "n" + note + ".md").put("title", "n" + note).put("body", "About [[n" + (note + 1) + "]] and spoon" + note % 7 + "\n- [ ] wash\n");
        }
        laptop.call("import.batch", batch);
        edited = laptop.doc("Soup", "hot\n");
        String task = laptop.call("task.create", "{'title': 'Water the plants', 'do': '2026-11-21', 'rule': 'FREQ=DAILY'}").path("id").asText();
        laptop.call("task.set_state", Json.object().put("id", task).put("state", "done"));
        laptop.call("node.tombstone", Json.object().put("id", laptop.doc("Gone", "away\n")));
        sync(laptop);
        sync(phone);
        laptop.call("node.rename", Json.object().put("id", edited).put("title", "Bisque"));
        phone.call("node.rename", Json.object().put("id", edited).put("title", "Chowder"));
        sync(laptop);
        sync(phone);
        sync(laptop);
        await().atMost(SOON).until(() -> hub.call("exchange.snapshot", "{}").has("snapshot"));
        described = hub.call("exchange.snapshot", "{}").path("snapshot");
    }

    /** Not after each test: what they begin with takes long to make. */
    @Override
    void close() {}

    @AfterAll
    void closeAll() {
        super.close();
    }

    private byte[] zipped() {
        var all = new ByteArrayOutputStream();
        while (all.size() < described.path("bytes").asLong()) {
            all.writeBytes(hub.bytes("exchange.snapshot_part",
                    Json.bytes(Json.object().put("sha256", described.path("sha256").asText()).put("from", all.size()))));
        }
        return all.toByteArray();
    }

    private static JsonNode give(RunningStore device, JsonNode described, byte[] zipped) {
        long have = device.call("exchange.adopt_begin", described).path("have").asLong();
        for (int at = (int) have; at < zipped.length; at += 100_000) {
            part(device, zipped, at);
        }
        return device.call("exchange.adopt", "{}");
    }

    private static void part(RunningStore device, byte[] zipped, int at) {
        byte[] part = Arrays.copyOfRange(zipped, at, Math.min(zipped.length, at + 100_000));
        device.bytes("exchange.adopt_part", ByteBuffer.allocate(Long.BYTES + part.length).putLong(at).put(part).array());
    }

    private static boolean fresh(RunningStore device) {
        return device.call("exchange.cursor", "{}").path("fresh").asBoolean();
    }

    @Test
    void aFreshDeviceEndsWhereAReplayEnds() {
        RunningStore tablet = joined(RunningStore.temporary());
        assertThat(fresh(tablet)).isTrue();
        assertThat(fresh(laptop)).isFalse();
        give(tablet, described, zipped());
        assertThat(tablet.get(edited).path("body").asText()).isEqualTo("hot\n");
        assertThat(tablet.call("search", "{'query': 'spoon3'}").path("total").asInt()).isGreaterThan(100);
        String late = laptop.doc("After the snapshot", "");
        sync(laptop);
        assertThat(sync(tablet).pulled()).as("only what came after it").isLessThan(100);
        assertThat(tablet.get(late).path("title").asText()).isEqualTo("After the snapshot");
        tablet.doc("From the tablet", "");
        sync(tablet);
        sync(laptop);
        sync(phone);
        allEqual(tablet, laptop, phone);
        tablet.restart();
        allEqual(tablet);
        assertThat(tablet.call("doctor", "{'rebuild': true}").path("checks")).allSatisfy(check -> assertThat(check.path("ok").asBoolean()).as("%s", check).isTrue());
    }

    @Test
    void whatTheDeviceWroteBeforeComesAlong() {
        RunningStore tablet = joined(RunningStore.temporary());
        String own = tablet.doc("Written on the train", "see [[Soup]]\n");
        String journal = tablet.call("journal.open_or_create", "{'date': '2026-11-21'}").path("id").asText();
        give(tablet, described, zipped());
        assertThat(tablet.get(own).path("body").asText()).isEqualTo("see [[Soup]]\n");
        assertThat(tablet.get(journal).path("kind").asText()).isEqualTo("journal");
        assertThat(pending(tablet)).isPositive();
        sync(tablet);
        sync(laptop);
        sync(phone);
        assertThat(pending(tablet)).isZero();
        allEqual(tablet, laptop, phone);
    }

    @Test
    void anInterruptedOneIsGoneOnWith() {
        RunningStore tablet = joined(RunningStore.temporary());
        byte[] zipped = zipped();
        tablet.call("exchange.adopt_begin", described);
        part(tablet, zipped, 0);
        tablet.restart();
        assertThat(tablet.call("exchange.adopt_begin", described).path("have").asLong()).isEqualTo(Math.min(100_000, zipped.length));
        part(tablet, zipped, 0); // whose answer was lost
        give(tablet, described, zipped);
        sync(tablet);
        allEqual(tablet);
    }

    @Test
    void nothingOfThisReplicaAloneIsInIt() throws Exception {
        hub.doc("Notice", "of the hub\n");
        Path unpacked = unpacked(zipped());
        try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + unpacked); Statement statement = copy.createStatement()) {
            for (String table : new String[] {"arrivals", "hubs", "points", "identities", "parted"}) {
                assertThat(statement.executeQuery("SELECT count(*) FROM " + table).getInt(1)).as(table).isZero();
            }
            assertThat(statement.executeQuery("SELECT count(*) FROM spaces WHERE epoch IS NOT NULL OR restored = 1").getInt(1)).isZero();
        }
    }

    /** Else it would be up to closing to bring in the log, which says nothing when it cannot. */
    @Test
    void itIsWholeWithoutALogBesideIt() throws Exception {
        byte[] header = Files.readAllBytes(unpacked(zipped()));
        assertThat(new int[] {header[18], header[19]}).as("write and read version of SQLite's file format: 2 with a log").containsExactly(1, 1);
    }

    @Test
    void aDeviceThatHasOthersBundlesRefusesIt() {
        assertThatThrownBy(() -> phone.call("exchange.adopt_begin", described)).isInstanceOf(HephException.class).hasMessageContaining("not a fresh one");
        sync(phone);
        allEqual(phone);
    }

    @Test
    void cutOrAlteredBytesAreRefusedAndReplayStillLeadsThere() {
        RunningStore tablet = joined(RunningStore.temporary());
        byte[] altered = zipped();
        altered[altered.length / 2] ^= 1;
        assertThatThrownBy(() -> give(tablet, described, altered)).isInstanceOf(HephException.class).hasMessageContaining("cannot be taken");
        sync(tablet);
        allEqual(tablet);
    }

    @Test
    void anotherHandsDescriptionIsRefused() {
        RunningStore tablet = joined(RunningStore.temporary());
        ObjectNode forged = described.deepCopy();
        forged.put("n", described.path("n").asLong() + 1);
        assertThatThrownBy(() -> tablet.call("exchange.adopt_begin", forged)).isInstanceOf(HephException.class).hasMessageContaining("not signed");
        assertThat(fresh(tablet)).isTrue();
    }

    /** The hub was left, and joined again, while it came. */
    @Test
    void ofAHubThatWasLeftNothingIsTaken() {
        RunningStore tablet = joined(RunningStore.temporary());
        tablet.call("exchange.adopt_begin", described);
        byte[] zipped = zipped();
        for (int at = 0; at < zipped.length; at += 100_000) {
            part(tablet, zipped, at);
        }
        tablet.now("2026-11-21T12:00:01Z");
        tablet.call("exchange.join", "{'url': 'http://127.0.0.1:7801'}");
        assertThatThrownBy(() -> tablet.call("exchange.adopt", "{}")).isInstanceOf(HephException.class).hasMessageContaining("left meanwhile");
        assertThat(tablet.call("node.list", "{}").path("total").asInt()).isZero();
    }

    /** Whoever makes it can sign it: the log in it has to hold by itself. */
    @Test
    void aLogThatDoesNotHoldIsRefused() throws Exception {
        for (String lie : new String[] {
            "UPDATE bundles SET payload = zeroblob(length(payload)) WHERE arrival = 2",
            "DELETE FROM bundles WHERE arrival = (SELECT max(arrival) FROM bundles)",
            "UPDATE bundles SET seq = seq + 1 WHERE arrival = (SELECT max(arrival) FROM bundles)",
            "DELETE FROM signatures",
            "UPDATE signatures SET signature = zeroblob(64)",
            "UPDATE devices SET seq = seq + 1",
            "INSERT INTO devices (space, num, id, seq, chain) VALUES (1, 99, randomblob(16), 100, zeroblob(32))",
            "UPDATE spaces SET epoch = zeroblob(16)",
            "UPDATE spaces SET restored = 1",
            "INSERT INTO hubs (space, url, chain, joined) VALUES (1, 'http://127.0.0.1:1', zeroblob(32), 7)",
            "INSERT INTO spaces (num, name) VALUES (2, 'other')",
            "INSERT INTO tombstones (space, entity, device, seq) VALUES (2, zeroblob(16), 1, 1)",
            "INSERT INTO parted (space, device, seq, header, payload) VALUES (1, 1, 1, x'00', x'00')",
            "CREATE TRIGGER sly AFTER INSERT ON ops BEGIN DELETE FROM nodes; END",
        }) {
            RunningStore tablet = joined(RunningStore.temporary());
            assertThatThrownBy(() -> lied(tablet, lie)).as(lie).isInstanceOf(HephException.class).hasMessageContaining("cannot be taken");
            assertThat(tablet.call("node.list", "{}").path("total").asInt()).isZero();
        }
    }

    /** What it makes of the log is believed until it has been compared. */
    @Test
    void aLieAboutWhatTheLogSaysIsFoundAndMended() throws Exception {
        RunningStore tablet = joined(RunningStore.temporary());
        lied(tablet, "UPDATE nodes SET title = 'Poison' WHERE title = 'n7'");
        assertThat(tablet.sql("SELECT unchecked FROM spaces")).isEqualTo("1");
        await().atMost(SOON).until(() -> tablet.sql("SELECT unchecked FROM spaces").equals("0"));
        sync(tablet);
        allEqual(tablet);
    }

    private void lied(RunningStore device, String lie) throws Exception {
        Path unpacked = unpacked(zipped());
        try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + unpacked); Statement statement = copy.createStatement()) {
            List<String> guards = new ArrayList<>();
            try (ResultSet triggers = statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
                while (triggers.next()) {
                    guards.add("DROP TRIGGER " + triggers.getString(1));
                    guards.add(triggers.getString(2));
                }
            }
            for (int at = 0; at < guards.size(); at += 2) {
                statement.execute(guards.get(at));
            }
            statement.execute(lie);
            for (int at = 1; at < guards.size(); at += 2) {
                statement.execute(guards.get(at));
            }
        }
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            Files.copy(unpacked, out);
        }
        Snapshot honest = SnapshotJson.read(described);
        Snapshot forged = Snapshot.signed(new DeviceKey(new byte[32]), honest.schema(), honest.mergeVersion(), honest.epoch(), honest.at(), honest.ops(),
                zipped.size(), Bytes32.sha256(zipped.toByteArray()));
        give(device, SnapshotJson.of(forged), zipped.toByteArray());
    }

    private Path unpacked(byte[] zipped) throws IOException {
        Path file = Files.createTempFile(hub.home.data(), "unpacked", ".db");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
