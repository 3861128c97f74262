package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** "Taking back" in docs/design/merge.md: two devices wrote the same characters, and one takes its writing back. */
class SparingTest {
    private static final Id NOTE = new Id(1, 1);
    private static final long ALIKE = 4711;

    private final Replica laptop = new Replica("laptop");
    private final Replica phone = new Replica("phone");

    private void meet() {
        Replica.exchange(laptop, phone);
        assertThat(laptop.facts()).hasToString(phone.facts().toString());
        assertThat(laptop.facts().text(NOTE, "body").save()).isEqualTo(phone.facts().text(NOTE, "body").save());
    }

    @Test
    void whatOneTookBackBeforeItHeardOfTheOtherStaysForThat() {
        laptop.alike(NOTE, ALIKE, "soup");
        laptop.takeBack(NOTE, ALIKE, 4);
        assertThat(laptop.body(NOTE)).isEmpty();
        phone.alike(NOTE, ALIKE, "soup");
        meet();
        assertThat(phone.body(NOTE)).isEqualTo("soup");
        assertThat(laptop.facts().races(NOTE, "body")).as("as one side says what the other did not take away, nobody is asked").hasSize(1);
    }

    @Test
    void whatBothTookBackIsGone() {
        laptop.alike(NOTE, ALIKE, "soup");
        laptop.takeBack(NOTE, ALIKE, 4);
        phone.alike(NOTE, ALIKE, "soup");
        phone.takeBack(NOTE, ALIKE, 4);
        meet();
        assertThat(phone.body(NOTE)).isEmpty();
    }

    @Test
    void whoHadHeardOfTheOtherTakesBackForBoth() {
        laptop.alike(NOTE, ALIKE, "soup");
        phone.alike(NOTE, ALIKE, "soup");
        meet();
        laptop.takeBack(NOTE, ALIKE, 4);
        meet();
        assertThat(phone.body(NOTE)).isEmpty();
    }

    @Test
    void ofThreeTheOneOfWhomNobodyKnewKeepsIt() {
        Replica desktop = new Replica("desktop");
        laptop.alike(NOTE, ALIKE, "soup");
        phone.alike(NOTE, ALIKE, "soup");
        meet();
        laptop.takeBack(NOTE, ALIKE, 4);
        phone.takeBack(NOTE, ALIKE, 4);
        desktop.alike(NOTE, ALIKE, "soup");
        Replica.exchange(laptop, phone, desktop);
        assertThat(List.of(laptop.body(NOTE), phone.body(NOTE), desktop.body(NOTE))).containsOnly("soup");
    }

    @Test
    void whatIsDeletedByHandIsDeletedForBoth() {
        laptop.alike(NOTE, ALIKE, "soup");
        laptop.edit(NOTE, 0, 2, "");
        phone.alike(NOTE, ALIKE, "soup");
        meet();
        assertThat(phone.body(NOTE)).isEqualTo("up");
        assertThat(phone.facts().races(NOTE, "body")).as("and somebody is asked").hasSize(1);
    }

    @Test
    void oneMayDeleteByHandWhatStayed() {
        whatOneTookBackBeforeItHeardOfTheOtherStaysForThat();
        laptop.edit(NOTE, 0, 4, "");
        meet();
        assertThat(phone.body(NOTE)).isEmpty();
    }

    @Test
    void whatTookBackIsTakenBack() {
        laptop.alike(NOTE, ALIKE, "soup");
        OpId back = laptop.takeBack(NOTE, ALIKE, 4).opId(0);
        phone.alike(NOTE, ALIKE, "soup");
        OpId also = phone.takeBack(NOTE, ALIKE, 4).opId(0);
        meet();
        laptop.again(NOTE, back, ALIKE, 4);
        assertThat(laptop.body(NOTE)).as("the phone took back its own alone").isEqualTo("soup");
        phone.again(NOTE, also, ALIKE, 4);
        meet();
        assertThat(phone.body(NOTE)).isEqualTo("soup");
        assertThat(Text.load(phone.facts().text(NOTE, "body").save())).hasToString("soup");
    }

    @Test
    void aSavedTextStillKnowsForWhomItStays() {
        whatOneTookBackBeforeItHeardOfTheOtherStaysForThat();
        Text loaded = Text.load(phone.facts().text(NOTE, "body").save());
        assertThat(loaded).hasToString("soup");
        assertThat(loaded.save()).isEqualTo(phone.facts().text(NOTE, "body").save());
        Text told = new Text();
        told.apply(loaded.since(told.clocks()));
        assertThat(told.save()).isEqualTo(loaded.save());
    }

    /** As history and old versions are made: from some of the ops. */
    @Test
    void whoAppliesTheEditsAgainFindsTheSame() {
        laptop.alike(NOTE, ALIKE, "soup");
        laptop.takeBack(NOTE, ALIKE, 4);
        phone.alike(NOTE, ALIKE, "soup");
        meet();
        assertThat(again(bundle -> true)).hasToString("soup");
        assertThat(again(bundle -> bundle.header().device().equals(laptop.device()))).hasToString("");
        assertThat(again(bundle -> bundle.header().device().equals(phone.device()))).hasToString("soup");
    }

    private Text again(Predicate<Bundle> included) {
        Text text = new Text();
        List<Bundle> some = new ArrayList<>(phone.log().stream().filter(included).toList());
        Sparing sparing = new Sparing(phone.facts()::past);
        some.forEach(bundle -> {
            Edit edit = Edit.of(bundle.opId(0), bundle.header().action().id(), (Op.TextChange) bundle.ops().getFirst());
            text.apply(edit.op(), edit.edit());
            sparing.applied(text, edit);
        });
        return text;
    }
}
