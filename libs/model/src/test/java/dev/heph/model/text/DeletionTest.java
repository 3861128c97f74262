package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.op.OpId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A character is visible as long as every delete that covers it was cancelled. */
class DeletionTest {
    private final Replica x = new Replica(1);
    private final Replica y = new Replica(2);

    @BeforeEach
    void bothHoldAText() {
        x.splice(0, 0, "one two three");
        y.pull(x);
    }

    @Test
    void anUndeleteBringsBackWhatItsOpDeleted() {
        OpId delete = x.splice(3, 4, "");
        x.undelete(delete);
        y.pull(x);
        assertThat(y).hasToString("one two three");
    }

    @Test
    void deletedByTwoAndUndeletedForOneStaysDeleted() {
        OpId byX = x.splice(3, 4, "");
        y.splice(3, 4, "");
        x.meet(y);
        x.undelete(byX);
        y.pull(x);
        assertThat(x).hasToString("one three");
        assertThat(y).hasToString("one three");
    }

    @Test
    void deletedByTwoAndUndeletedForBothIsVisible() {
        OpId byX = x.splice(3, 4, "");
        OpId byY = y.splice(3, 4, "");
        x.meet(y);
        x.undelete(byX);
        y.undelete(byY);
        x.meet(y);
        assertThat(x).hasToString("one two three");
        assertThat(y).hasToString("one two three");
    }

    @Test
    void whatOneDeletedIsDeletedBesidesIfAnotherDidToo() {
        OpId byX = x.splice(3, 4, "");
        DeleteRange four = new DeleteRange(1, 3, 4);
        assertThat(x.text().isDeletedBesides(byX, four)).isFalse();
        y.splice(3, 4, "");
        x.meet(y);
        assertThat(x.text().isDeletedBesides(byX, four)).isTrue();
        assertThat(x.text().isDeletedBesides(byX, new DeleteRange(1, 3, 5))).as("a character of it is there").isFalse();
    }

    @Test
    void aClientShowsAllWhileNothingOfItIsDeleted() {
        assertThat(x.text().showsAllOf(1)).isTrue();
        assertThat(x.text().showsAllOf(99)).as("it wrote nothing").isTrue();
        OpId delete = x.splice(3, 4, "");
        assertThat(x.text().showsAllOf(1)).isFalse();
        x.undelete(delete);
        assertThat(x.text().showsAllOf(1)).isTrue();
    }

    @Test
    void whereDeletesOverlapInPartOnlyTheCancelledPartReturns() {
        OpId byX = x.splice(0, 7, "");
        y.splice(4, 9, "");
        x.meet(y);
        assertThat(x).hasToString("");
        x.undelete(byX);
        assertThat(x).hasToString("one ");
    }

    @Test
    void anUndeleteThatArrivesBeforeADeleteOfTheSameTextByAnotherHidesNothing() {
        OpId byX = x.splice(3, 4, "");
        x.undelete(byX);
        OpId byY = y.splice(3, 4, "");
        x.meet(y);
        assertThat(x).hasToString("one three");
        y.undelete(byY);
        x.pull(y);
        assertThat(x).hasToString("one two three");
    }

    @Test
    void textWrittenBesideDeletedTextKeepsItsPlaceWhenThatReturns() {
        OpId delete = x.splice(4, 4, "");
        x.splice(4, 0, "and ");
        x.undelete(delete);
        assertThat(x).hasToString("one two and three");
    }

    @Test
    void deletingAgainAfterAnUndeleteIsADeleteOfItsOwn() {
        OpId first = x.splice(3, 4, "");
        x.undelete(first);
        OpId second = x.splice(3, 4, "");
        assertThat(x).hasToString("one three");
        x.undelete(second);
        assertThat(x).hasToString("one two three");
    }
}
