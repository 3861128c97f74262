package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Devices;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every rule of docs/design/merge.md, as two or three devices meet it. */
class MergeTest {
    private static final Id NOTE = new Id(1, 1);
    private static final Id OTHER = new Id(2, 2);
    private static final Op.Link BLOCKS = new Op.Link(NOTE, "blocks", OTHER, Optional.empty());

    private final Replica laptop = new Replica("laptop");
    private final Replica phone = new Replica("phone");
    private final Replica desktop = new Replica("desktop");

    // Registers

    @Test
    void aNodeComesWithItsFirstValues() {
        laptop.create(NOTE, Map.of(Field.KIND, Value.text("doc"), Field.TITLE, Value.text("Oats")));
        phone.pull(laptop);
        assertShows(phone, Field.TITLE, "Oats");
        assertShows(phone, Field.KIND, "doc");
        assertThat(phone.facts()).hasToString(laptop.facts().toString());
    }

    @Test
    void editsOneAfterTheOtherAreNoConflictWhateverTheClocksSay() {
        laptop.wallClock(9_000_000);
        title(laptop, "Oats");
        phone.wallClock(5);
        phone.pull(laptop);
        title(phone, "Oat flakes");
        laptop.pull(phone);
        assertShows(laptop, Field.TITLE, "Oat flakes");
        assertThat(laptop.register(NOTE, Field.TITLE).contested()).isFalse();
    }

    @Test
    void aRaceShowsTheLaterOneAndIsAConflictOnBoth() {
        title(laptop, "Oats");
        phone.wallClock(2_000);
        title(phone, "Porridge");
        Replica.exchange(laptop, phone);
        for (Replica either : List.of(laptop, phone)) {
            assertShows(either, Field.TITLE, "Porridge");
            assertThat(either.register(NOTE, Field.TITLE).contested()).isTrue();
        }
    }

    @Test
    void aSettledConflictIsSettledEverywhereAndALateArrivalReopensIt() {
        title(laptop, "Oats");
        title(phone, "Porridge");
        title(desktop, "Gruel");
        Replica.exchange(laptop, phone);
        title(laptop, "Oat porridge");
        phone.pull(laptop);
        assertThat(phone.register(NOTE, Field.TITLE).contested()).isFalse();
        phone.pull(desktop);
        assertThat(phone.register(NOTE, Field.TITLE).contested()).isTrue();
        assertThat(phone.register(NOTE, Field.TITLE).tips()).hasSize(2);
    }

    /** It would matter which came first. */
    @Test
    void whatAnAuthorCannotHaveSeenItDoesNotReplace() {
        Op.Link link = new Op.Link(NOTE, "about", OTHER, Optional.empty());
        phone.write(new Op.NodeSet(NOTE, Field.TITLE, Value.text("Oats"), List.of()), new Op.LinkAdd(link), new Op.Tombstone(NOTE));
        List<OpId> guessed = List.of(new OpId(phone.device(), 1), new OpId(phone.device(), 2), new OpId(phone.device(), 3), new OpId(laptop.device(), 9));
        laptop.write(new Op.NodeSet(NOTE, Field.TITLE, Value.text("Porridge"), guessed), new Op.LinkRemove(link, guessed), new Op.Restore(NOTE, guessed));
        desktop.pull(phone);
        Replica.exchange(laptop, phone, desktop);
        for (Replica any : List.of(laptop, phone, desktop)) {
            assertThat(any.register(NOTE, Field.TITLE).tips()).hasSize(2);
            assertThat(any.facts().tags(link)).hasSize(1);
            assertThat(any.facts().tombstones(NOTE)).hasSize(1);
        }
        assertThat(laptop.facts()).hasToString(phone.facts().toString());
    }

    @Test
    void differentFieldsNeverMeet() {
        title(laptop, "Oats");
        phone.set(NOTE, Field.STATE, Value.text("done"));
        Replica.exchange(laptop, phone);
        assertShows(phone, Field.TITLE, "Oats");
        assertShows(laptop, Field.STATE, "done");
        assertThat(laptop.register(NOTE, Field.TITLE).contested()).isFalse();
    }

    @Test
    void twoDevicesThatMakeTheSameTagMakeOne() {
        Id onLaptop = DerivedId.tag("Home");
        Id onPhone = DerivedId.tag("home");
        assertThat(onLaptop).isEqualTo(onPhone);
        laptop.create(onLaptop, Map.of(Field.KIND, Value.text("tag"), Field.TITLE, Value.text("home")));
        laptop.set(onLaptop, Field.TITLE, Value.text("House"));
        phone.wallClock(9_000);
        phone.create(onPhone, Map.of(Field.KIND, Value.text("tag"), Field.TITLE, Value.text("home")));
        Replica.exchange(laptop, phone);
        assertThat(laptop.register(onLaptop, Field.TITLE).value()).as("the rename stands").contains(Value.text("House"));
        assertThat(laptop.register(onLaptop, Field.TITLE).contested()).isFalse();
        assertThat(laptop.facts()).hasToString(phone.facts().toString());
    }

    // Links

    @Test
    void aLinkIsThereUntilItIsRemoved() {
        laptop.link(BLOCKS);
        phone.pull(laptop);
        assertThat(phone.facts().tags(BLOCKS)).hasSize(1);
        phone.unlink(BLOCKS);
        laptop.pull(phone);
        assertThat(laptop.facts().tags(BLOCKS)).isEmpty();
    }

    @Test
    void addingWinsOverRemovingAtTheSameTime() {
        laptop.link(BLOCKS);
        phone.pull(laptop);
        laptop.unlink(BLOCKS);
        phone.link(BLOCKS);
        Replica.exchange(laptop, phone);
        assertThat(laptop.facts().tags(BLOCKS)).hasSize(1).isEqualTo(phone.facts().tags(BLOCKS));
    }

    @Test
    void aLinkMadeTwiceIsRemovedOnce() {
        laptop.link(BLOCKS);
        phone.link(BLOCKS);
        Replica.exchange(laptop, phone);
        assertThat(laptop.facts().tags(BLOCKS)).hasSize(2);
        laptop.unlink(BLOCKS);
        phone.pull(laptop);
        assertThat(phone.facts().tags(BLOCKS)).isEmpty();
    }

    @Test
    void linksDifferByTypeAndKey() {
        Op.Link relates = new Op.Link(NOTE, "relates", OTHER, Optional.empty());
        Op.Link porridge = new Op.Link(NOTE, "alias", NOTE, Optional.of("Porridge"));
        Op.Link gruel = new Op.Link(NOTE, "alias", NOTE, Optional.of("Gruel"));
        List.of(BLOCKS, relates, porridge, gruel).forEach(laptop::link);
        laptop.unlink(porridge);
        assertThat(laptop.facts().tags(BLOCKS)).hasSize(1);
        assertThat(laptop.facts().tags(relates)).hasSize(1);
        assertThat(laptop.facts().tags(porridge)).isEmpty();
        assertThat(laptop.facts().tags(gruel)).hasSize(1);
    }

    // Tombstones

    @Test
    void whatOneDeletedStaysDeletedThoughAnotherEdits() {
        title(laptop, "Oats");
        phone.pull(laptop);
        laptop.delete(NOTE);
        title(phone, "Oat flakes");
        Replica.exchange(laptop, phone);
        assertThat(laptop.facts().tombstones(NOTE)).hasSize(1).isEqualTo(phone.facts().tombstones(NOTE));
        assertShows(laptop, Field.TITLE, "Oat flakes");
    }

    @Test
    void restoringTakesBackTheDeletesItSaw() {
        laptop.delete(NOTE);
        phone.pull(laptop);
        phone.restore(NOTE);
        laptop.pull(phone);
        assertThat(laptop.facts().tombstones(NOTE)).isEmpty();
    }

    @Test
    void aDeleteThatTheRestoreDidNotSeeStands() {
        laptop.delete(NOTE);
        phone.pull(laptop);
        phone.restore(NOTE);
        Bundle again = desktop.delete(NOTE);
        Replica.exchange(laptop, phone, desktop);
        assertThat(laptop.facts().tombstones(NOTE)).containsExactly(again.opId(0));
    }

    // Texts

    @Test
    void theEditsOfTwoDevicesAreBothKept() {
        laptop.edit(NOTE, 0, 0, "Buy oats.");
        phone.pull(laptop);
        laptop.edit(NOTE, 0, 3, "Order");
        phone.edit(NOTE, 9, 0, " Soon!");
        Replica.exchange(laptop, phone);
        assertThat(laptop.body(NOTE)).isEqualTo("Order oats. Soon!").isEqualTo(phone.body(NOTE));
        assertThat(laptop.version(NOTE)).isEqualTo(phone.version(NOTE));
        assertThat(laptop.version(NOTE).seqs()).containsEntry(laptop.device(), 2L).containsEntry(phone.device(), 1L);
    }

    @Test
    void anUndeleteTakesBackOneDeleteAndNoOther() {
        Bundle written = laptop.edit(NOTE, 0, 0, "Oats");
        phone.pull(laptop);
        OpId mine = laptop.edit(NOTE, 0, 4, "").opId(0);
        OpId theirs = phone.edit(NOTE, 0, 4, "").opId(0);
        Replica.exchange(laptop, phone);

        Op.TextChange typed = (Op.TextChange) written.ops().getFirst();
        DeleteRange all = new DeleteRange(typed.edit().client(), 0, 4);
        undelete(laptop, typed.edit(), mine, all);
        assertThat(laptop.body(NOTE)).as("the phone's delete stands").isEmpty();
        undelete(laptop, typed.edit(), theirs, all);
        phone.pull(laptop);
        assertThat(phone.body(NOTE)).isEqualTo("Oats");
    }

    /** It names a character that nobody wrote: its author is broken, and its other ops may still be right. */
    @Test
    void anEditThatDoesNotFitItsTextIsLeftUnapplied() {
        TextEdit misfit = new TextEdit(7, 0, List.of(new Run(new CharId(8, 0), null, "x")), List.of(), List.of());
        Bundle bundle = laptop.write(new Op.TextChange(NOTE, "body", misfit, Optional.empty()),
                new Op.LogAppend(NOTE, "entry"));
        assertThat(laptop.unapplied()).containsExactly(bundle.opId(0));
        assertThat(laptop.body(NOTE)).isEmpty();
        assertThat(laptop.facts().entries(NOTE)).containsExactly("entry");
    }

    // Logs

    @Test
    void bothOfTwoEntriesStayInTheOrderOfTheirStamps() {
        laptop.wallClock(2_000);
        laptop.write(new Op.LogAppend(NOTE, "second"));
        phone.wallClock(1_000);
        phone.write(new Op.LogAppend(NOTE, "first"));
        Replica.exchange(laptop, phone);
        assertThat(laptop.facts().entries(NOTE)).containsExactly("first", "second").isEqualTo(phone.facts().entries(NOTE));
    }

    @Test
    void anEntryThatWasWrittenEarlierStandsWhereItBelongs() {
        laptop.wallClock(2_000);
        laptop.write(new Op.LogAppend(NOTE, "now"));
        laptop.write(new Op.LogAppend(NOTE, "brought", Optional.of(1_000L)), new Op.LogAppend(NOTE, "with it", Optional.of(1_000L)));
        assertThat(laptop.facts().entries(NOTE)).containsExactly("brought", "with it", "now");
    }

    @Test
    void createdAndModifiedAreTheLeastAndTheGreatestStampInAnyOrder() {
        laptop.wallClock(7_000);
        laptop.write(new Op.LogAppend(NOTE, "last"));
        phone.wallClock(3_000);
        phone.write(new Op.LogAppend(NOTE, "first"));
        phone.wallClock(5_000);
        phone.write(new Op.LogAppend(NOTE, "between"));
        Replica.exchange(laptop, phone);
        assertThat(laptop.facts().toString()).isEqualTo(phone.facts().toString())
                .contains("Stamps[created=" + new Hlc(3_000, 0) + ", modified=" + new Hlc(7_000, 0) + "]");
    }

    // Devices

    @Test
    void aDeviceIntroducesItself() {
        phone.write(new Op.DeviceEnrol(Devices.key("phone").publicKey(), "Ada's phone"));
        laptop.pull(phone);
        assertThat(laptop.facts().toString()).contains("Ada's phone").isEqualTo(phone.facts().toString());
    }

    // Causality

    @Test
    void aBundleWaitsForWhatItsAuthorHadSeen() {
        title(laptop, "Oats");
        phone.pull(laptop);
        title(phone, "Porridge");
        Bundle seenBoth = phone.log().getLast();
        desktop.receive(seenBoth);
        assertThat(desktop.isWaiting()).isTrue();
        assertThat(desktop.facts()).hasToString("");
        desktop.pull(laptop);
        assertThat(desktop.isWaiting()).isFalse();
        assertThat(desktop.facts()).hasToString(phone.facts().toString());
    }

    @Test
    void aBundleWaitsForTheOneBeforeIt() {
        Bundle first = title(laptop, "Oats");
        Bundle second = title(laptop, "Porridge");
        phone.receive(second);
        assertThat(phone.log()).isEmpty();
        phone.receive(first);
        assertThat(phone.log()).containsExactly(first, second);
    }

    @Test
    void headsAreNamedOnceAndOnlyThoseThatAdvanced() {
        title(laptop, "Oats");
        phone.pull(laptop);
        assertThat(title(phone, "a").header().heads()).containsOnlyKeys(laptop.device());
        assertThat(title(phone, "b").header().heads()).isEmpty();
    }

    private static Bundle title(Replica replica, String title) {
        return replica.set(NOTE, Field.TITLE, Value.text(title));
    }

    private static void undelete(Replica replica, TextEdit typed, OpId cancelled, DeleteRange range) {
        TextEdit edit = new TextEdit(typed.client(), replica.facts().text(NOTE, "body").nextClock(typed.client()), List.of(),
                List.of(), List.of(new Undelete(cancelled, range)));
        replica.write(new Op.TextChange(NOTE, "body", edit, Optional.empty()));
    }

    private static void assertShows(Replica replica, Field field, String text) {
        assertThat(replica.register(NOTE, field).value()).contains(Value.text(text));
    }
}
