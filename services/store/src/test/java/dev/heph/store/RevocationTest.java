package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Segment;
import dev.heph.runtime.Json;
import dev.heph.store.db.Database;
import dev.heph.store.query.Db;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** "Device keys" in docs/design/auth.md, as far as it is the stores': the phone is lost, the laptop revokes it. */
class RevocationTest extends HubAndDevices {
    private final RunningStore tablet = joined(RunningStore.temporary());

    private static String id(RunningStore store) {
        return store.call("exchange.state", "{}").path("device").asText();
    }

    private static JsonNode revoke(RunningStore by, RunningStore lost) {
        return by.call("device.revoke", "{'id': '" + id(lost) + "'}");
    }

    private void allSync(RunningStore... devices) {
        for (int round = 0; round < 2; round++) {
            for (RunningStore device : devices) {
                sync(device);
            }
        }
    }

    private static void refused(Runnable what, String words) {
        assertThatThrownBy(what::run).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED))
                .hasMessageContaining(words);
    }

    @Test
    void whatItWroteBeforeStaysAndTheHubTakesNothingAfter() {
        String soup = phone.doc("Soup", "hot\n");
        allSync(laptop, phone, tablet);
        JsonNode listed = revoke(laptop, phone);
        assertThat(listed.path("revoked").asBoolean()).isTrue();
        assertThat(listed.path("last_seq").asLong()).isEqualTo(phone.ops());
        sync(laptop);
        long before = hub.call("exchange.state", "{}").path("n").asLong();
        String secret = phone.doc("Stolen", "");
        byte[] parcel = phone.bytes("exchange.offer", Json.bytes(Json.object()));
        assertThat(parcel).isNotEmpty();
        refused(() -> hub.bytes("exchange.take", parcel), "was revoked by ");
        assertThat(hub.call("exchange.state", "{}").path("n").asLong()).isEqualTo(before);
        allSync(laptop, tablet);
        assertThat(tablet.get(soup).path("title").asText()).isEqualTo("Soup");
        assertThat(phone.get(secret).path("title").asText()).as("it loses nothing").isEqualTo("Stolen");
        allEqual(laptop, tablet);
    }

    /** It is told by the log itself, once; after that its own store has nothing to do with any hub. */
    @Test
    void theRevokedDeviceHearsOfItAndKeepsWorking() {
        phone.doc("Soup", "hot\n");
        allSync(laptop, phone);
        revoke(laptop, phone);
        sync(laptop);
        String after = phone.doc("Mine", "kept\n");
        refused(() -> sync(phone), "that is this device");
        assertThat(phone.call("exchange.state", "{}").path("revoked").asText()).contains("Everything stays here");
        assertThat(phone.call("exchange.state", "{}").path("pending").asLong()).isPositive();
        assertThat(phone.get(after).path("body").asText()).isEqualTo("kept\n");
        phone.call("node.update", "{'id': '" + after + "', 'body': 'kept and changed\\n'}");
        assertThat(phone.get(after).path("body").asText()).isEqualTo("kept and changed\n");
        assertThat(phone.call("export.page", "{}").toString()).contains("kept and changed");
        phone.call("doctor", "{'rebuild': true}").path("checks").forEach(check -> assertThat(check.path("ok").asBoolean()).as(check.toString()).isTrue());
    }

    @Test
    void aDeviceThatHasHeardOfItIsGivenNothingMore() {
        allSync(laptop, phone);
        phone.doc("Soup", "hot\n");
        allSync(phone, laptop);
        revoke(laptop, phone);
        sync(laptop);
        JsonNode cursor = phone.call("exchange.cursor", "{}");
        pull(phone, hub, cursor);
        laptop.doc("Secret", "");
        sync(laptop);
        String now = "{'device': '" + id(phone) + "', 'after': '" + hub.call("exchange.state", "{}").path("n").asLong() + ":"
                + hub.call("exchange.state", "{}").path("chain").asText() + "'}";
        refused(() -> hub.bytes("exchange.page", Json.bytes(Json.read(now.replace('\'', '"').getBytes()))), "was revoked by ");
    }

    /** The laptop had not heard of what the phone wrote, and the hub and the tablet had taken it: it is left out on all of them. */
    @Test
    void whatOthersHadTakenMeanwhileIsLeftOutEverywhere() {
        String soup = phone.doc("Soup", "hot\n");
        allSync(laptop, phone, tablet);
        phone.call("node.rename", "{'id': '" + soup + "', 'title': 'Stolen'}");
        sync(phone);
        sync(tablet);
        assertThat(tablet.get(soup).path("title").asText()).isEqualTo("Stolen");
        String bread = tablet.doc("Bread", "dry\n"); // which has seen what does not count
        revoke(laptop, phone);
        allSync(laptop, tablet);
        for (RunningStore store : new RunningStore[] {hub, laptop, tablet}) {
            assertThat(store.get(soup).path("title").asText()).isEqualTo("Soup");
            assertThat(store.get(bread).path("title").asText()).isEqualTo("Bread");
            assertThat(store.call("counts", "{}").path("unapplied_count").asLong()).isZero();
            store.call("doctor", "{'rebuild': true}").path("checks").forEach(check -> assertThat(check.path("ok").asBoolean()).as(check.toString()).isTrue());
        }
        allEqual(laptop, tablet);
    }

    /** An empty hub gets everything back from devices of which each has something that does not count, or has seen it. */
    @Test
    void anotherHubGetsEverythingBackButWhatDoesNotCount() {
        String soup = phone.doc("Soup", "hot\n");
        allSync(laptop, phone, tablet);
        phone.call("node.rename", "{'id': '" + soup + "', 'title': 'Stolen'}");
        sync(phone);
        sync(tablet);
        String bread = tablet.doc("Bread", "dry\n");
        revoke(laptop, phone);
        allSync(laptop, tablet);
        for (RunningStore first : new RunningStore[] {laptop, tablet}) {
            RunningStore second = first == laptop ? tablet : laptop;
            RunningStore other = started(RunningStore.hub());
            for (RunningStore device : new RunningStore[] {first, second, first, second}) {
                sync(device, other, 1_000);
            }
            assertThat(other.get(soup).path("title").asText()).isEqualTo("Soup");
            assertThat(other.get(bread).path("title").asText()).isEqualTo("Bread");
            assertThat(digest(other)).isEqualTo(digest(laptop)).isEqualTo(digest(tablet));
        }
    }

    @Test
    void aRevokedDeviceRevokesNobody() {
        phone.doc("Soup", "hot\n");
        tablet.doc("Bread", "dry\n");
        allSync(laptop, phone, tablet);
        revoke(laptop, phone);
        revoke(phone, tablet);
        sync(laptop);
        refused(() -> hub.bytes("exchange.take", phone.bytes("exchange.offer", Json.bytes(Json.object()))), "was revoked by ");
        tablet.doc("Cake", "sweet\n");
        sync(tablet);
        sync(laptop);
        allEqual(laptop, tablet);
    }

    /** The tablet had not heard of it when it revoked the one that revokes: a hub that has all of that lacks nothing. */
    @Test
    void aHubThatHasItAllIsOfferedNothingThoughTheRevokerWasRevoked() {
        laptop.doc("Bread", "dry\n");
        phone.doc("Soup", "hot\n");
        allSync(laptop, phone, tablet);
        phone.doc("Stolen", "");
        sync(phone);
        sync(tablet);
        revoke(laptop, phone);
        sync(laptop);
        revoke(tablet, laptop);
        sync(tablet);
        lacksNothingOnceTold(tablet);
    }

    @Test
    void aDeviceDoesNotRevokeItself() {
        byte[] secret = new byte[DeviceKey.SEED_BYTES];
        Arrays.fill(secret, (byte) 77);
        DeviceKey key = new DeviceKey(secret);
        List<Bundle> bundles = new Author("personal", key.device(), Head.START).write(new Hlc(1_000, 0), Action.single(new Id(5, 5)),
                Collections.emptySortedMap(), List.of(new Op.DeviceEnrol(key.publicKey(), "odd"), new Op.DeviceRevoke(key.device(), Head.START)));
        byte[] signature = Segment.sign(bundles, key).signature();
        hub.bytes("exchange.take", new Parcel(bundles, new TreeMap<>(Map.of(key.device(), signature))).write());
        sync(laptop);
        assertThat(laptop.call("device.list", "{}").get(0).path("revoked").asBoolean()).isFalse();
        lacksNothingOnceTold(laptop);
        allEqual(laptop);
    }

    /** Another hub is told everything by a device, asked what it has, and then needs nothing more. */
    private void lacksNothingOnceTold(RunningStore device) {
        RunningStore other = started(RunningStore.hub());
        byte[] parcel = lacking(device, other);
        assertThat(parcel).isNotEmpty();
        other.bytes("exchange.take", parcel);
        assertThat(lacking(device, other)).isEmpty();
        assertThat(lacking(device, hub)).isEmpty();
    }

    private static byte[] lacking(RunningStore device, RunningStore hub) {
        return device.bytes("exchange.offer", Json.bytes(Json.object().set("heads", hub.call("exchange.vector", "{}").path("heads"))));
    }

    @Test
    void itNamesADeviceThatIsKnownAndNotItself() {
        laptop.doc("Soup", "hot\n");
        assertThatThrownBy(() -> revoke(laptop, laptop)).hasMessageContaining("cannot revoke itself");
        assertThatThrownBy(() -> revoke(laptop, phone)).hasMessageContaining("Look: heph devices");
        assertThat(laptop.call("device.list", "{}")).hasSize(1);
    }

    /** Between what a person was shown and their yes something more may have come. */
    @Test
    void whatIsRevokedIsWhatWasShown() {
        phone.doc("Soup", "hot\n");
        allSync(laptop, phone);
        long shown = phone.ops();
        phone.doc("Bread", "dry\n");
        allSync(phone, laptop);
        assertThatThrownBy(() -> laptop.call("device.revoke", "{'id': '" + id(phone) + "', 'last_seq': " + shown + "}")).hasMessageContaining("look again");
        assertThat(laptop.call("device.list", "{}").toString()).doesNotContain("last_seq");
        assertThat(laptop.call("device.revoke", "{'id': '" + id(phone) + "', 'last_seq': " + phone.ops() + "}").path("revoked").asBoolean()).isTrue();
    }

    @Test
    void aSecondRevocationChangesNothing() {
        phone.doc("Soup", "hot\n");
        allSync(laptop, phone);
        JsonNode first = revoke(laptop, phone);
        long ops = laptop.ops();
        assertThat(revoke(laptop, phone)).isEqualTo(first);
        assertThat(laptop.ops()).isEqualTo(ops);
    }

    @Test
    void aDeviceNamesItself() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        laptop.call("device.name", "{'id': '" + id(laptop) + "', 'name': ' Ada\u2019s laptop '}");
        allSync(laptop, phone);
        assertThat(phone.call("device.list", "{}").get(0).path("name").asText()).isEqualTo("Ada\u2019s laptop");
        assertThatThrownBy(() -> phone.call("device.name", "{'id': '" + id(laptop) + "', 'name': 'mine'}")).hasMessageContaining("names itself");
        assertThatThrownBy(() -> laptop.call("device.name", "{'id': '" + id(laptop) + "', 'name': 'two\\nlines'}")).hasMessageContaining("one line");
    }

    /** Its first parcel is answered with the hub's word, which it keeps in the log for all; with another hub, that one's as well. */
    @Test
    void aHubCountersignsAKeyOnce() {
        laptop.doc("Soup", "hot\n");
        allSync(laptop, phone);
        assertThat(laptop.call("device.list", "{}").get(0).path("admitted_at").asLong()).isPositive();
        long ops = laptop.ops();
        laptop.call("node.create", "{'kind': 'doc', 'title': 'Bread'}");
        allSync(laptop, phone);
        assertThat(admissions(phone)).isEqualTo(1);
        assertThat(laptop.ops()).as("nothing but the note").isEqualTo(ops + 1);
        RunningStore other = started(RunningStore.hub());
        sync(laptop, other, 1_000);
        assertThat(admissions(laptop)).isEqualTo(2);
        assertThat(admissions(other)).isEqualTo(2);
    }

    @Test
    void aDeviceThatDoesNotShowItIsToldTheSameAgain() {
        laptop.doc("Soup", "hot\n");
        JsonNode first = Json.read(hub.bytes("exchange.take", laptop.bytes("exchange.offer", Json.bytes(Json.object()))));
        laptop.doc("Bread", "dry\n");
        JsonNode second = Json.read(hub.bytes("exchange.take", laptop.bytes("exchange.offer", Json.bytes(Json.object()))));
        assertThat(second.path("admissions")).isNotEmpty().isEqualTo(first.path("admissions"));
    }

    @Test
    void aHubsWordThatItDidNotGiveIsRefused() {
        laptop.doc("Soup", "hot\n");
        ObjectNode answer = (ObjectNode) Json.read(hub.bytes("exchange.take", laptop.bytes("exchange.offer", Json.bytes(Json.object()))));
        ((ObjectNode) answer.path("admissions").get(0)).put("at", 5);
        long ops = laptop.ops();
        assertThatThrownBy(() -> laptop.call("exchange.acknowledged", answer)).hasMessageContaining("countersignature");
        assertThat(laptop.ops()).isEqualTo(ops);
    }

    private static long admissions(RunningStore store) {
        return new Db(Database.in(store.home.data())).read(tx -> tx.first("SELECT count(*) FROM ops WHERE type = 'device.admit' AND applied = 1",
                row -> row.getLong(1)).orElseThrow());
    }
}
