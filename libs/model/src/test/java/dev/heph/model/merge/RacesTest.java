package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.checklist.Mark;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Devices;
import dev.heph.model.op.Head;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Splice;
import dev.heph.model.text.TextEdit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Races in a text" in docs/design/merge.md: which edits race, and what settles that. */
class RacesTest {
    private static final Id NOTE = new Id(1, 1);

    private final Replica laptop = new Replica("laptop");
    private final Replica phone = new Replica("phone");

    @BeforeEach
    void bothHaveTheSame() {
        laptop.edit(NOTE, 0, 0, "soup is cold\n");
        Replica.exchange(laptop, phone);
    }

    private void race() {
        laptop.edit(NOTE, 8, 4, "warm");
        phone.edit(NOTE, 8, 4, "hot");
        Replica.exchange(laptop, phone);
    }

    private static List<Race> races(Replica replica) {
        return replica.facts().races(NOTE, "body");
    }

    private static Op.TextChange change(Replica replica, int position, int deleted, String inserted, long client, Optional<Version> base) {
        TextEdit edit = replica.facts().text(NOTE, "body").plan(client, List.of(new Splice(position, deleted, inserted)));
        return new Op.TextChange(NOTE, "body", edit, base);
    }

    @Test
    void aRaceNamesTheLesserOpFirstWhicheverCameFirst() {
        race();
        assertThat(races(laptop)).hasSize(1).isEqualTo(races(phone));
        assertThat(races(laptop).getFirst().one()).isLessThan(races(laptop).getFirst().other());
    }

    @Test
    void anEditOfTheSameWordsThatHasSeenBothSettlesIt() {
        race();
        int at = laptop.body(NOTE).indexOf("hot");
        laptop.edit(NOTE, at, 1, "H");
        assertThat(races(laptop)).extracting(Race::settled).containsExactly(true);
    }

    @Test
    void whoSaysInSoManyWordsWhatIsSettledSettlesNothingByTheEdit() {
        race();
        Field field = Conflict.settled(NOTE, "body", races(laptop).getFirst());
        int at = laptop.body(NOTE).indexOf("hot");
        laptop.write(new Op.NodeSet(NOTE, field, Value.text("no"), List.of()), change(laptop, at, 1, "H", 77, Optional.empty()));
        assertThat(races(laptop)).extracting(Race::settled).containsExactly(false);
    }

    @Test
    void whoSaysSomethingElseInTheSameActionDoes() {
        race();
        int at = laptop.body(NOTE).indexOf("hot");
        laptop.write(new Op.NodeSet(NOTE, Field.TITLE, Value.text("Soup"), List.of()), change(laptop, at, 1, "H", 77, Optional.empty()));
        assertThat(races(laptop)).extracting(Race::settled).containsExactly(true);
    }

    @Test
    void whatIsSaidOfAnotherTextDoesNotCountForThis() {
        race();
        Field field = Conflict.settled(NOTE, "body", races(laptop).getFirst());
        int at = laptop.body(NOTE).indexOf("hot");
        laptop.write(new Op.NodeSet(new Id(2, 2), field, Value.text("no"), List.of()), change(laptop, at, 1, "H", 77, Optional.empty()));
        assertThat(races(laptop)).extracting(Race::settled).containsExactly(true);
    }

    /** A buffer that is behind. */
    @Test
    void anEditFromAnOldVersionRacesWithWhatItDidNotKnowAlsoOnOneDevice() {
        Version before = laptop.version(NOTE);
        Op.TextChange stale = change(laptop, 8, 4, "tepid", 77, Optional.of(before));
        laptop.edit(NOTE, 8, 4, "warm");
        laptop.write(stale);
        assertThat(races(laptop)).hasSize(1);
    }

    @Test
    void butNotWithWhatItBuildsOn() {
        Version before = laptop.version(NOTE);
        laptop.edit(NOTE, 8, 4, "warm");
        int at = laptop.body(NOTE).indexOf("warm");
        laptop.write(change(laptop, at + 1, 2, "", 77, Optional.of(before)));
        assertThat(laptop.body(NOTE)).isEqualTo("soup is wm\n");
        assertThat(races(laptop)).isEmpty();
    }

    @Test
    void norWithEditsOfItsAction() {
        Version before = laptop.version(NOTE);
        laptop.write(change(laptop, 8, 4, "tepid", 77, Optional.of(before)), change(laptop, 8, 4, "warm", 78, Optional.of(before)));
        assertThat(races(laptop)).isEmpty();
    }

    /** Nobody can have had it: everything that is here counts as seen. */
    @Test
    void aBaseThatItsAuthorCannotHaveHadIsNone() {
        phone.edit(NOTE, 8, 4, "hot");
        Op.TextChange lie = change(laptop, 8, 4, "warm", 77, Optional.of(phone.version(NOTE)));
        laptop.write(lie);
        Replica.exchange(laptop, phone);
        assertThat(races(laptop)).hasSize(1).isEqualTo(races(phone));
    }

    @Test
    void aTickMakesAVersionOfItsTextAndAnotherFieldDoesNot() {
        Version before = laptop.version(NOTE);
        laptop.set(NOTE, Field.TITLE, Value.text("Soup"));
        assertThat(laptop.version(NOTE)).isEqualTo(before);
        Bundle tick = laptop.set(NOTE, Mark.field(new CharId(1, 0)), Value.text("x"));
        assertThat(laptop.version(NOTE)).isEqualTo(before.with(tick.opId(0)));
    }

    @Test
    void whatIsNotKnownIsLeftUnappliedAndEverythingElseIsNot() {
        Replica desktop = new Replica("desktop");
        Bundle bundle = desktop.write(new Op.DeviceEnrol(Devices.key("desktop").publicKey(), "desktop"), new Op.Tombstone(NOTE),
                new Op.DeviceRevoke(phone.device(), Head.START));
        assertThat(desktop.unapplied()).isEmpty();
        MemoryFacts facts = new MemoryFacts();
        assertThat(Merge.apply(facts, bundle, List.of(bundle.ops().get(0), new Op.Unknown("node.later", NOTE), bundle.ops().get(2))))
                .containsExactly(bundle.opId(1));
        assertThat(facts.tombstones(NOTE)).isEmpty();
    }

    /** By which replicas are compared: each kind of fact shows in it. */
    @Test
    void factsThatDifferDifferAsText() {
        Op nothing = new Op.Unknown("node.later", NOTE);
        Op touched = new Op.Restore(NOTE, List.of());
        List<Op> ops = List.of(nothing, touched, new Op.DeviceEnrol(Devices.key("desktop").publicKey(), "desktop"), new Op.DeviceRevoke(Devices.device("phone"), Head.START),
                new Op.NodeSet(NOTE, Field.TITLE, Value.text("a"), List.of()), new Op.LinkAdd(new Op.Link(NOTE, "about", NOTE, Optional.empty())),
                new Op.Tombstone(NOTE), new Op.LogAppend(NOTE, "entry"), change(new Replica("desktop"), 0, 0, "x", 5, Optional.empty()));
        Bundle bundle = new Replica("desktop").write(touched);
        assertThat(ops.stream().map(op -> {
            MemoryFacts facts = new MemoryFacts();
            Merge.apply(facts, bundle, List.of(op));
            return facts.toString();
        })).doesNotHaveDuplicates();
    }

    @Test
    void aRaceShowsAsText() {
        race();
        assertThat(laptop.facts().toString()).isEqualTo(phone.facts().toString()).contains("settled=false");
    }
}
