package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Conflicts" in docs/design/merge.md: what two or three devices that were apart have to be asked about, and what not. */
class ConflictsTest {
    private static final Id NOTE = new Id(1, 1);
    private static final String SOUP = "soup is cold\nbread is dry\n";

    private final Replica laptop = new Replica("laptop");
    private final Replica phone = new Replica("phone");
    private final Replica desktop = new Replica("desktop");

    @BeforeEach
    void all_have_the_same() {
        laptop.edit(NOTE, 0, 0, SOUP);
        meet();
    }

    private void meet() {
        Replica.exchange(laptop, phone, desktop);
    }

    // Fields

    @Test
    void oneConflictOnEveryDevice() {
        date(laptop, 1);
        date(phone, 2);
        meet();
        assertThat(field(laptop)).isPresent().isEqualTo(field(phone)).isEqualTo(field(desktop));
        assertThat(field(laptop).orElseThrow().ops()).hasSize(2);
    }

    @Test
    void editsInTurnAreNone() {
        date(laptop, 1);
        meet();
        date(phone, 2);
        meet();
        assertThat(field(laptop)).isEmpty();
    }

    @Test
    void theSameValueIsNone() {
        date(laptop, 1);
        date(phone, 1);
        meet();
        assertThat(field(laptop)).isEmpty();
    }

    @Test
    void onlyTheLastOfEachBranchCounts() {
        date(laptop, 1);
        date(laptop, 2);
        date(laptop, 3);
        date(phone, 4);
        date(phone, 5);
        date(desktop, 6);
        meet();
        assertThat(field(laptop).orElseThrow().ops()).hasSize(3);
    }

    @Test
    void settlingIsForAllAndALateArrivalReopens() {
        date(laptop, 1);
        date(phone, 2);
        Replica.exchange(laptop, phone);
        Id before = field(laptop).orElseThrow().id();
        date(laptop, 2);
        Replica.exchange(laptop, phone);
        assertThat(field(phone)).isEmpty();
        date(desktop, 9);
        meet();
        assertThat(field(phone)).isPresent().isEqualTo(field(laptop));
        assertThat(field(phone).orElseThrow().id()).isNotEqualTo(before);
    }

    // Texts

    @Test
    void theSameWordsAreOneConflictOnEveryDevice() {
        laptop.edit(NOTE, 8, 4, "warm");
        phone.edit(NOTE, 8, 4, "hot");
        meet();
        assertThat(text(laptop)).hasSize(1).isEqualTo(text(phone)).isEqualTo(text(desktop));
    }

    @Test
    void otherWordsAreNone() {
        laptop.edit(NOTE, 8, 4, "warm");
        phone.edit(NOTE, 22, 3, "fresh");
        meet();
        assertThat(text(laptop)).isEmpty();
    }

    @Test
    void twoPlacesAreTwoAndThreeDevicesAtOnePlaceAreOne() {
        laptop.edit(NOTE, 8, 4, "warm");
        phone.edit(NOTE, 8, 4, "hot");
        desktop.edit(NOTE, 8, 4, "tepid");
        laptop.edit(NOTE, 22, 3, "fresh");
        desktop.edit(NOTE, 23, 3, "old");
        meet();
        assertThat(text(laptop)).hasSize(2).isEqualTo(text(phone));
        assertThat(text(laptop).stream().map(conflict -> conflict.ops().size())).containsExactlyInAnyOrder(3, 2);
    }

    @Test
    void whoReworksTheWordsSettlesIt() {
        laptop.edit(NOTE, 8, 4, "warm");
        phone.edit(NOTE, 8, 4, "hot");
        meet();
        desktop.edit(NOTE, 0, 4, "stew");
        assertThat(text(desktop)).as("an edit elsewhere settles nothing").hasSize(1);
        desktop.edit(NOTE, 8, laptop.body(NOTE).indexOf('\n') - 8, "lukewarm");
        assertThat(text(desktop)).isEmpty();
        meet();
        assertThat(text(laptop)).isEmpty();
        assertThat(text(phone)).isEmpty();
    }

    // A delete against an edit

    @Test
    void aDeleteThatKnewNothingOfAnEditIsAConflict() {
        laptop.delete(NOTE);
        phone.edit(NOTE, 0, 4, "stew");
        meet();
        assertThat(deletion(laptop)).isPresent().isEqualTo(deletion(phone));
    }

    @Test
    void aDeleteAfterAnEditIsNone() {
        phone.edit(NOTE, 0, 4, "stew");
        meet();
        laptop.delete(NOTE);
        meet();
        assertThat(deletion(phone)).isEmpty();
    }

    @Test
    void deletingAgainSettlesItAndSoDoesRestoring() {
        laptop.delete(NOTE);
        phone.edit(NOTE, 0, 4, "stew");
        meet();
        desktop.delete(NOTE);
        assertThat(deletion(desktop)).isEmpty();
        laptop.restore(NOTE);
        assertThat(deletion(laptop)).isEmpty();
    }

    private static void date(Replica replica, int value) {
        replica.set(NOTE, Field.DO_DATE, Value.text("day " + value));
    }

    private static Optional<Conflict> field(Replica replica) {
        return Conflict.ofField(NOTE, Field.DO_DATE, replica.register(NOTE, Field.DO_DATE));
    }

    private static List<Conflict> text(Replica replica) {
        return Conflict.ofText(NOTE, "body", replica.facts().races(NOTE, "body"));
    }

    private static Optional<Conflict> deletion(Replica replica) {
        MemoryFacts facts = replica.facts();
        Stream<OpId> edits = facts.version(NOTE, "body").seqs().entrySet().stream().map(end -> new OpId(end.getKey(), end.getValue()));
        return Conflict.ofDelete(NOTE, facts.tombstones(NOTE), edits.toList(),
                (later, earlier) -> facts.past(later).includes(earlier));
    }
}
