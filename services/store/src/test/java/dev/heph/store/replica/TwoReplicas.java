package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ConflictCommands;
import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A note on two databases that meet when told to, and what they ask about it. */
abstract class TwoReplicas {
    static final String SOUP = "# Soup\nsoup is cold\nbread is dry\n";

    final TestReplica one = new TestReplica(1, 1_000_000);
    final TestReplica two = new TestReplica(2, 2_000_000);
    final Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of(SOUP)));

    @BeforeEach
    void bothHaveTheNote() {
        meet();
    }

    @AfterEach
    void rebuiltIsWhatItWas() {
        assertThat(one.examine()).allMatch(Doctor.Check::ok);
        one.close();
        two.close();
    }

    void meet() {
        one.pull(two);
        two.pull(one);
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    static void undo(TestReplica replica) {
        replica.read(tx -> new Undo(replica.replica(), tx).undo(false).orElseThrow().change().commit());
    }

    void settle(TestReplica replica, Choice choice) {
        Id conflict = replica.read(tx -> tx.first("SELECT id FROM conflicts", row -> Id.of(row.getBytes(1)))).orElseThrow();
        replica.change(change -> ConflictCommands.settle(change, conflict, choice));
    }

    void save(TestReplica replica, String body) {
        replica.change(change -> change.save(note, Views.BODY, body, Optional.empty()));
    }

    Id rename(Change change, String title) {
        change.set(note, Field.TITLE, Value.text(title));
        return note;
    }

    /** Each conflict: where, what was there, and what each side says. */
    static List<String> shown(TestReplica replica) {
        return replica.read(tx -> tx.all("SELECT c.id, c.field || ' of ' || n.title || ': ' || coalesce(c.base || ' → ', '')"
                        + " FROM conflicts c JOIN nodes n ON n.id = c.entity",
                row -> (row.getString(2) + String.join(" or ", sides(tx, Id.of(row.getBytes(1))))).replace('\n', '|')));
    }

    static List<String> sides(Tx tx, Id conflict) {
        return tx.all("SELECT value FROM sides WHERE conflict = ? ORDER BY ordinal",
                row -> ValueCodec.decode(row.getBytes(1)).asText().orElseThrow(), conflict);
    }
}
