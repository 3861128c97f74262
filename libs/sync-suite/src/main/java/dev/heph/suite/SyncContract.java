package dev.heph.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sync as people notice it (docs/design/sync.md), whatever the hub runs on. */
public interface SyncContract {
    ObjectMapper JSON = new ObjectMapper();

    Scene scene();

    @Test
    default void whatOneWritesTheOtherHasAndOnceMoreChangesNothing() {
        Seat laptop = scene().device("laptop");
        laptop.type("- [ ] salt\n- [ ] pepper\n", "note", "Broth").ok();
        Seat phone = scene().device("phone");
        phone.heph("add", "Pay the baker");

        sync(laptop, phone, laptop);

        assertThat(phone.heph("show", "Broth", "--raw")).isEqualTo("- [ ] salt\n- [ ] pepper\n");
        assertThat(laptop.heph("tasks")).contains("Pay the baker");
        same(laptop, phone);
        JsonNode before = json(phone.heph("sync", "--status", "--json"));
        String shown = list(phone);
        sync(laptop, phone, phone);
        JsonNode after = json(phone.heph("sync", "--status", "--json"));
        assertThat(after.path("pulled_n")).as("%s", after).isEqualTo(before.path("pulled_n"));
        assertThat(after.path("hub_n")).isEqualTo(before.path("hub_n"));
        assertThat(after.path("pending_ops").asInt(-1)).isZero();
        assertThat(list(phone)).isEqualTo(shown);
    }

    /** A race becomes a conflict on both, and settling it on one settles it for both (H-096, H-112). */
    @Test
    default void whoWereApartAgreeAgain() {
        Seat laptop = scene().device("laptop");
        Seat phone = scene().device("phone");
        String id = made(laptop, "", "Soup");
        sync(laptop, phone);
        scene().cut("laptop");
        assertThat(laptop.type("", "sync").failure(69)).contains("nothing is lost");
        laptop.heph("rename", "Soup", "Consommé");
        laptop.heph("note", "Only here so far");
        phone.heph("rename", "Soup", "Stew");
        sync(phone);
        assertThat(laptop.heph("sync", "--status")).contains("offline", "wait here");
        assertThat(phone.heph("list")).doesNotContain("Only here so far");

        scene().connect("laptop");
        sync(laptop, phone, laptop);

        assertThat(phone.heph("list")).contains("Only here so far");
        same(laptop, phone);
        JsonNode conflict = conflict(phone, id);
        assertThat(conflict.path("sides")).hasSize(2);
        assertThat(conflict(laptop, id)).isEqualTo(conflict);
        phone.heph("conflicts", conflict.path("id").asText(), "--value", "Bouillon");
        sync(phone, laptop);
        for (Seat each : List.of(laptop, phone)) {
            assertThat(conflict(each, id).isMissingNode()).as("settled").isTrue();
            assertThat(each.heph("list")).contains("Bouillon").doesNotContain("Consommé", "Stew");
        }
        same(laptop, phone);
    }

    @Test
    default void editsOfOneTextMadeApartAreBothInIt() {
        Seat laptop = scene().device("laptop");
        Seat phone = scene().device("phone");
        String id = made(laptop, "one\ntwo\nthree\n", "Count");
        sync(laptop, phone);
        scene().cut("laptop");
        scene().cut("phone");
        rewrite(laptop, id, "ONE\ntwo\nthree\n");
        rewrite(phone, id, "one\ntwo\nthree, and more\n");
        scene().connect("laptop");
        scene().connect("phone");

        sync(laptop, phone, laptop);

        for (Seat each : List.of(laptop, phone)) {
            assertThat(each.heph("show", id, "--raw")).isEqualTo("ONE\ntwo\nthree, and more\n");
            assertThat(conflict(each, id).isMissingNode()).isTrue();
        }
        same(laptop, phone);
    }

    /** What is delivered goes by when it came to the hub, and not by what its author's clock said. */
    @Test
    default void whatIsLateAndStampedEarlyReachesWhoHasLaterThings() {
        Seat laptop = scene().device("laptop");
        Seat phone = scene().device("phone");
        Seat slow = scene().device("slow", Duration.ofHours(-10));
        sync(slow);
        scene().cut("slow");
        slow.heph("note", "Written early");
        laptop.heph("note", "Written later");
        sync(laptop, phone);
        assertThat(phone.heph("list")).contains("Written later").doesNotContain("Written early");

        scene().connect("slow");
        sync(slow, phone, laptop);

        assertThat(modified(phone, "Written early")).isLessThan(modified(phone, "Written later") - Duration.ofHours(9).toMillis());
        same(laptop, phone, slow);
        slow.heph("down");
    }

    /** Two machines go on from one directory, under one id and one key: both keep what they wrote. */
    @Test
    default void aCopyOfADeviceGoesOnBesideIt() {
        Seat laptop = scene().device("laptop");
        Seat phone = scene().device("phone");
        laptop.heph("note", "Of both");
        sync(laptop);
        laptop.heph("down");
        Seat copy = scene().copy("laptop", "copy");
        copy.heph("up", "--light");
        laptop.heph("up", "--light");
        copy.heph("note", "Of the copy");
        laptop.heph("note", "Of the original");

        for (int round = 0; round < 2; round++) {
            sync(laptop, copy);
        }
        sync(phone);

        assertThat(phone.heph("list")).contains("Of both", "Of the copy", "Of the original");
        same(laptop, phone, copy);
        copy.heph("down");
    }

    /** The hub comes back as it was some time ago; what devices have had from it since then comes back to it from any of them. */
    @Test
    default void aHubFromItsBackupGetsBackWhatItLost() throws Exception {
        Seat laptop = scene().device("laptop");
        Seat phone = scene().device("phone");
        laptop.heph("note", "Before the backup");
        sync(laptop, phone);
        scene().backUp();
        laptop.heph("note", "After the backup");
        sync(laptop, phone);
        laptop.heph("down"); // while they run they bring it back before anybody has looked
        phone.heph("down");

        scene().restore();

        Seat witness = scene().device("witness");
        sync(witness);
        assertThat(witness.heph("list")).contains("Before the backup").doesNotContain("After the backup");
        phone.heph("up", "--light"); // not who wrote it
        sync(phone, witness);
        assertThat(witness.heph("list")).contains("After the backup");
        laptop.heph("up", "--light");
        sync(laptop);
        same(laptop, phone, witness);
        witness.heph("down");
    }

    private static void sync(Seat... seats) {
        for (Seat each : seats) {
            each.heph("sync");
        }
    }

    /** They show the same, and hold what the hub holds. */
    private static void same(Seat... seats) {
        var shown = new ArrayList<String>();
        for (Seat each : seats) {
            assertThat(each.heph("doctor", "--compare")).as("it syncs first").contains("holds the same").doesNotContain("WRONG");
            shown.add(list(each));
        }
        assertThat(shown).allMatch(shown.getFirst()::equals);
    }

    private static String list(Seat seat) {
        return seat.heph("list", "--json", "--limit", "1000");
    }

    private static String made(Seat seat, String body, String title) {
        return json(seat.type(body, "note", title, "--json").ok()).path("id").asText();
    }

    private static void rewrite(Seat seat, String id, String body) {
        JsonNode note = json(seat.heph("show", id, "--json"));
        ObjectNode change = JSON.createObjectNode().put("id", id).put("body", body).put("base", note.path("rev").asText());
        seat.heph("rpc", "node.update", change.toString());
    }

    private static long modified(Seat seat, String title) {
        return json(seat.heph("show", title, "--json")).path("modified_at").asLong();
    }

    /** The one about a note, if there is one. */
    private static JsonNode conflict(Seat seat, String id) {
        for (JsonNode conflict : json(seat.heph("conflicts", "--json")).path("conflicts")) {
            if (conflict.toString().contains(id)) {
                return conflict;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
