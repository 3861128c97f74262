package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Version;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One checklist on two devices that do not see each other ("checkbox marks" in docs/design/merge.md). */
class ChecklistMergeTest {
    private static final String LIST = "- [ ] milk\n- [ ] bread\n";

    private final TestReplica laptop = new TestReplica(1, 1_000_000);
    private final TestReplica desk = new TestReplica(2, 2_000_000);
    private Id id;

    @BeforeEach
    void share() {
        id = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Shopping", Optional.of(LIST)));
        desk.pull(laptop);
    }

    @AfterEach
    void stop() {
        laptop.close();
        desk.close();
    }

    private void edit(TestReplica replica, String body) {
        replica.change(change -> change.save(id, Views.BODY, body, Optional.empty()));
    }

    private void meet() {
        desk.pull(laptop);
        laptop.pull(desk);
        desk.pull(laptop);
    }

    @Test
    void oneTicksWhatTheOtherPromotes() {
        Id box = desk.<Id>read(tx -> tx.first("SELECT id FROM boxes WHERE text = 'milk'", row -> Id.of(row.getBytes(1))).orElseThrow());
        desk.change(change -> {
            TaskCommands.promote(change, box, Optional.empty(), Optional.empty());
            return box;
        });
        edit(laptop, "- [x] milk\n- [ ] bread\n");
        meet();
        assertThat(state(desk, box)).isEqualTo("done").isEqualTo(state(laptop, box));
        assertThat(desk.digest()).isEqualTo(laptop.digest());
        assertThat(laptop.examine()).allMatch(Doctor.Check::ok);
    }

    private static String state(TestReplica replica, Id task) {
        return replica.read(tx -> tx.first("SELECT state FROM tasks WHERE id = ?", row -> row.getString(1), task)).orElseThrow();
    }

    /** Lines are parted by a bar; the last column is what both see once they have met. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "both tick the same;             - [x] milk|- [ ] bread|;  - [x] milk|- [ ] bread|;             - [x] milk|- [ ] bread|",
        "each ticks another;             - [x] milk|- [ ] bread|;  - [ ] milk|- [x] bread|;             - [x] milk|- [x] bread|",
        "one ticks, one deletes the line; - [x] milk|- [ ] bread|; - [ ] bread|;                        - [ ] bread|",
        "one ticks, one rewords;         - [x] milk|- [ ] bread|;  - [ ] oat milk|- [ ] bread|;         - [x] oat milk|- [ ] bread|",
        "one ticks, one splits the line; - [x] milk|- [ ] bread|;  - [ ] mi|- [ ] lk|- [ ] bread|;      - [x] mi|- [ ] lk|- [ ] bread|",
        "one ticks, one adds before;     - [x] milk|- [ ] bread|;  - [ ] eggs|- [ ] milk|- [ ] bread|;  - [ ] eggs|- [x] milk|- [ ] bread|",
        "one ticks, one marks otherwise; - [x] milk|- [ ] bread|;  - [/] milk|- [ ] bread|;             - [/] milk|- [ ] bread|"})
    void whatTwoDidApart(String what, String onLaptop, String onDesk, String together) {
        edit(laptop, onLaptop.replace('|', '\n'));
        edit(desk, onDesk.replace('|', '\n'));
        meet();
        assertThat(laptop.body(id)).isEqualTo(together.replace('|', '\n'));
        assertThat(desk.digest()).isEqualTo(laptop.digest());
        assertThat(laptop.examine()).allMatch(Doctor.Check::ok);
    }

    @Test
    void aStaleBufferNeverUnticks() {
        Version loaded = laptop.change(change -> change.version(id, Views.BODY));
        edit(desk, "- [x] milk\n- [ ] bread\n");
        laptop.pull(desk);
        laptop.change(change -> change.save(id, Views.BODY, "- [ ] milk\n- [ ] bread\n- [ ] eggs\n", Optional.of(loaded)));
        assertThat(laptop.body(id)).isEqualTo("- [x] milk\n- [ ] bread\n- [ ] eggs\n");
    }

    @Test
    void aBufferThatSawTheTickTakesItBack() {
        edit(desk, "- [x] milk\n- [ ] bread\n");
        laptop.pull(desk);
        Version loaded = laptop.change(change -> change.version(id, Views.BODY));
        edit(laptop, "- [x] milk\n- [ ] bread\n- [ ] eggs\n");
        laptop.change(change -> change.save(id, Views.BODY, "- [ ] milk\n- [ ] bread\n", Optional.of(loaded)));
        assertThat(laptop.body(id)).isEqualTo("- [ ] milk\n- [ ] bread\n- [ ] eggs\n");
    }

    @Test
    void aTickIsOneSmallOpWhateverTheLengthOfTheText() {
        edit(laptop, LIST + "- [ ] more\n".repeat(200));
        long before = laptop.read(tx -> tx.first("SELECT count(*) FROM ops", row -> row.getLong(1)).orElseThrow());
        edit(laptop, LIST + "- [x] more\n" + "- [ ] more\n".repeat(199));
        assertThat(laptop.<Long>read(tx -> tx.first("SELECT count(*) FROM ops", row -> row.getLong(1)).orElseThrow())).isEqualTo(before + 1);
    }
}
