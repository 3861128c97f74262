package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real stores, real sockets: whatever happens between devices and a hub, at the end all hold the same. */
class ConvergenceTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path tmp;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Replica hub;
    private Wire wire;

    @BeforeEach
    void start() throws IOException {
        hub = opened(Replica.hub(tmp.resolve("hub")).start());
        wire = opened(new Wire(hub.port));
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.push(one);
        return one;
    }

    private Replica device(String name) {
        return opened(Replica.device(tmp.resolve(name)));
    }

    private Replica joined(String name) {
        return device(name).join(wire.url());
    }

    private void allEqual(Replica... devices) {
        JsonNode expected = hub.digest();
        for (Replica device : devices) {
            assertThat(device.digest()).isEqualTo(expected);
        }
    }

    private static void awaitPending(Replica device, long pending) {
        await().atMost(SOON).untilAsserted(() -> assertThat(device.status().path("pending_ops").asLong()).isEqualTo(pending));
    }

    @Test
    void whatOneWritesTheOtherHasWithoutBeingAsked() {
        Replica laptop = joined("laptop");
        Replica phone = joined("phone");
        await().atMost(SOON).until(() -> hub.status().path("listening").asInt() == 2);

        String id = laptop.note("Soup", "hot\n");

        await().atMost(SOON).until(() -> phone.has(id));
        assertThat(phone.get(id).path("body").asText()).isEqualTo("hot\n");
        awaitPending(laptop, 0);
        allEqual(laptop, phone);
    }

    @Test
    void devicesWithDataMeetForTheFirstTime() {
        Replica laptop = device("laptop");
        Replica phone = device("phone");
        laptop.note("Soup", "hot\n");
        phone.note("Bread", "dry\n");
        laptop.join(wire.url()).syncNow();
        phone.join(wire.url()).syncNow();
        laptop.syncNow();

        allEqual(laptop, phone);
    }

    /** By the hub's snapshot, over a network that breaks: what it has is gone on with. */
    @Test
    void aFreshDeviceTakesMuchAtOnce() {
        Replica laptop = joined("laptop");
        ObjectNode batch = Json.object().put("vault", "/home/me/notes").put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAV").put("last", true);
        ArrayNode notes = batch.putArray("notes");
        Random random = new Random(7);
        for (int note = 0; note < 2_000; note++) {
            byte[] words = new byte[300];
            random.nextBytes(words);
            notes.addObject().put("path", "n" + note + ".md").put("title", "n" + note).put("body", HexFormat.of().formatHex(words));
        }
        laptop.store("import.batch", batch);
        laptop.syncNow();
        await().atMost(SOON).until(() -> hub.store("exchange.snapshot", Json.object()).has("snapshot"));

        Replica phone = joined("phone");
        wire.cutAfter(600_000);
        try {
            phone.syncNow();
        } catch (HephException cut) {
            assertThat(cut).hasMessageContaining("not synced");
        }
        wire.up();
        phone.syncNow();

        assertThat(phone.store("exchange.state", Json.object()).at("/hub/n")).isEqualTo(hub.store("exchange.state", Json.object()).path("n"));
        assertThat(phone.sql("SELECT count(*) FROM points")).as("pages").isLessThan(hub.sql("SELECT count(*) FROM bundles"));
        assertThat(phone.sql("SELECT count(*) FROM points WHERE n = (SELECT min(n) FROM points) AND n > 3")).as("the first place is the snapshot's").isOne();
        assertThat(phone.directory.resolve("data/incoming")).doesNotExist();
        allEqual(laptop, phone);
    }

    @Test
    void whatBothWroteOfflineIsReconciled() {
        Replica laptop = joined("laptop");
        Replica phone = joined("phone");
        String id = laptop.note("Soup", "one\n\ntwo\n\nthree\n");
        laptop.syncNow();
        phone.syncNow();

        wire.down();
        edit(laptop, id, "one, by the laptop\n\ntwo\n\nthree\n");
        edit(phone, id, "one\n\ntwo\n\nthree, by the phone\n");
        assertThatThrownBy(laptop::syncNow).isInstanceOf(HephException.class).hasMessageContaining("not synced with " + wire.url());
        assertThat(laptop.status().path("pending_ops").asLong()).isPositive();
        wire.up();
        laptop.syncNow();
        phone.syncNow();
        laptop.syncNow();

        assertThat(laptop.get(id).path("body").asText()).isEqualTo("one, by the laptop\n\ntwo\n\nthree, by the phone\n");
        allEqual(laptop, phone);
    }

    @Test
    void aSecondSyncMovesNothing() {
        Replica laptop = joined("laptop");
        Replica phone = joined("phone");
        laptop.note("Soup", "hot\n");
        phone.note("Bread", "dry\n");
        laptop.syncNow();
        phone.syncNow();
        laptop.syncNow();

        for (Replica device : new Replica[] {laptop, phone}) {
            JsonNode again = device.syncNow();
            assertThat(again.path("pushed").asInt()).isZero();
            assertThat(again.path("pulled").asInt()).isZero();
        }
    }

    /** A cursor made of stamps would pass over it. */
    @Test
    void aLateOpWithAnEarlyStampReachesAThird() {
        Replica slow = device("slow");
        slow.stop();
        slow.clockAheadBy(Duration.ofHours(-20)).start();
        String early = slow.note("Early", "");
        Replica laptop = joined("laptop");
        Replica third = joined("third");
        laptop.note("Late", "");
        laptop.syncNow();
        third.syncNow();

        slow.join(wire.url()).syncNow();
        third.syncNow();

        assertThat(third.get(early).path("title").asText()).isEqualTo("Early");
        assertThat(slow.status().path("clock_skew_ms").asLong()).isLessThan(-Duration.ofHours(19).toMillis());
        assertThat(slow.health().detail()).contains("; this device's clock is ", " h behind the hub's").contains("; the clock of ", " is 19 h ahead");
    }

    /** The first sync of several pages: cut off after ever more bytes, it goes on, and takes nothing twice. */
    @Test
    void aFirstSyncThatIsCutOffAgainAndAgainComesToItsEnd() {
        Replica laptop = joined("laptop");
        var random = new Random(5);
        for (int i = 0; i < 10; i++) {
            laptop.note("Long " + i, words(random, 300_000));
        }
        laptop.syncNow();
        Replica phone = device("phone");
        wire.cutAfter(0);
        phone.hubUrl(wire.url());
        phone.stop();
        phone.start();
        long reached = 0;
        int cuts = 0;
        for (boolean done = false; !done; cuts++) {
            wire.up();
            wire.cutAfter(150_000L * (cuts + 1));
            try {
                phone.syncNow();
                done = true;
            } catch (HephException cut) {
                long now = phone.status().path("pulled_n").asLong();
                assertThat(now).isGreaterThanOrEqualTo(reached);
                reached = now;
            }
        }

        assertThat(cuts).isGreaterThan(3);
        assertThat(reached).as("it went on where it was cut").isPositive();
        allEqual(laptop, phone);
        assertThat(phone.sql("SELECT count(*) FROM bundles")).isEqualTo(hub.sql("SELECT count(*) FROM bundles"));
    }

    @Test
    void aHubThatIsRestartedIsFoundAgain() {
        Replica laptop = joined("laptop");
        laptop.syncNow();
        hub.stop();
        laptop.note("Soup", "hot\n");
        await().atMost(SOON).untilAsserted(() -> assertThat(laptop.status().path("state").asText()).isEqualTo("offline"));
        hub.start();

        awaitPending(laptop, 0);
        await().atMost(SOON).untilAsserted(() -> assertThat(laptop.status().path("state").asText()).isEqualTo("idle"));
        allEqual(laptop);
    }

    @Test
    void aHubWhoseStoreIsAwayIsWaitedFor() {
        Replica laptop = joined("laptop");
        laptop.syncNow();
        hub.stopStore();
        laptop.note("Soup", "hot\n");

        await().atMost(SOON).untilAsserted(() -> assertThat(laptop.status().path("reason").asText())
                .startsWith("it is not ready (HTTP status 503): heph's store is not running"));
        hub.startStore();
        awaitPending(laptop, 0);
    }

    @Test
    void aHubThatWasRestoredGetsBackWhatItLostAlsoOfADeviceThatIsGone() {
        Replica laptop = joined("laptop");
        Replica gone = joined("gone");
        laptop.note("Before", "");
        laptop.syncNow();
        hub.stop();
        Replica.copy(hub.directory, tmp.resolve("backup"));
        hub.start();
        String lost = gone.note("By one who is gone", "");
        gone.syncNow();
        laptop.syncNow();
        gone.stop();
        hub.stop();
        Replica.delete(hub.directory);
        Replica.copy(tmp.resolve("backup"), hub.directory);
        hub.start();
        assertThat(hub.has(lost)).isFalse();
        laptop.note("After", "");

        laptop.syncNow();

        assertThat(hub.has(lost)).isTrue();
        allEqual(laptop);
        numbersHaveNoGap();
    }

    @Test
    void anEmptyHubIsFilled() {
        Replica laptop = joined("laptop");
        Replica phone = joined("phone");
        laptop.note("Soup", "hot\n");
        laptop.syncNow();
        phone.note("Bread", "dry\n");
        phone.syncNow();
        hub.stop();
        Replica.delete(hub.directory);
        hub.start();

        phone.syncNow();

        allEqual(phone);
        laptop.syncNow();
        allEqual(laptop, phone);
        numbersHaveNoGap();
    }

    @Test
    void aDeviceThatMovesToAnotherHubTakesEverythingAlong() {
        Replica laptop = joined("laptop");
        Replica phone = joined("phone");
        phone.note("Bread", "dry\n");
        phone.syncNow();
        laptop.syncNow();
        Replica other = opened(Replica.hub(tmp.resolve("other")).start());

        laptop.join("http://127.0.0.1:" + other.port).syncNow();

        assertThat(other.digest()).isEqualTo(laptop.digest());
    }

    @Test
    void aClonedDeviceLosesNothing() {
        Replica laptop = joined("laptop");
        laptop.note("Soup", "hot\n");
        laptop.syncNow();
        laptop.stop();
        Replica.copy(laptop.directory, tmp.resolve("clone"));
        laptop.start();
        Replica clone = device("clone");
        String one = laptop.note("One", "");
        laptop.syncNow();
        String two = clone.note("Two", "");
        clone.syncNow();
        String three = clone.note("Three", "");
        clone.syncNow();
        laptop.syncNow();

        for (String id : new String[] {one, two, three}) {
            assertThat(laptop.has(id)).isTrue();
            assertThat(clone.has(id)).isTrue();
        }
        allEqual(laptop, clone);
    }

    @Test
    void manyWritersAtOnceGetNumbersWithoutAGap() throws Exception {
        Replica[] devices = {joined("a"), joined("b"), joined("c")};
        for (int i = 0; i < 20; i++) {
            for (Replica device : devices) {
                device.note("Note " + i, "text\n");
            }
        }
        for (int round = 0; round < 2; round++) {
            for (Replica device : devices) {
                device.syncNow();
            }
        }

        allEqual(devices);
        numbersHaveNoGap();
    }

    private void numbersHaveNoGap() {
        long count = hub.sql("SELECT count(*) FROM arrivals");
        assertThat(hub.sql("SELECT min(n) FROM arrivals")).isEqualTo(1);
        assertThat(hub.sql("SELECT max(n) FROM arrivals")).isEqualTo(count);
        assertThat(count).isEqualTo(hub.sql("SELECT count(*) FROM bundles"));
    }

    private static void edit(Replica device, String id, String body) {
        JsonNode note = device.get(id);
        device.store("node.update", Json.object().put("id", id).put("body", body).put("base", note.path("rev").asText()));
    }

    /** Text that does not zip well. */
    private static String words(Random random, int length) {
        var text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Long.toString(random.nextLong(), 36)).append(text.length() % 7 == 0 ? '\n' : ' ');
        }
        return text.toString();
    }
}
