package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Version;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.view.Views;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device goes on under an id of its own after {@code heph backup restore}: what it wrote since the backup may be with others, or in an editor. */
class RestoredTest {
    private final TestReplica phone = new TestReplica(2, 2_000_000);
    private final TestReplica laptop = new TestReplica(1, 1_000_000);
    private TestReplica backup;
    private Id soup;

    @BeforeEach
    void begin() {
        soup = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of("")));
        laptop.tell(phone);
    }

    @AfterEach
    void stop() {
        phone.close();
        laptop.close();
        backup.close();
    }

    private void save(TestReplica replica, String body, Version base) {
        replica.change(change -> {
            NodeCommands.update(change, soup, Optional.empty(), Optional.of(body), Optional.of(base));
            return null;
        });
    }

    private Version version(TestReplica replica) {
        return replica.change(change -> change.version(soup, Views.BODY));
    }

    private String text(TestReplica replica) {
        return replica.change(change -> change.text(soup, Views.BODY));
    }

    @ParameterizedTest(name = "had written before the backup: {0}")
    @ValueSource(booleans = {true, false})
    void anEditorThatIsOpenSinceBeforeTakesNothingAway(boolean hadWritten) {
        if (hadWritten) {
            phone.change(change -> NodeCommands.create(change, Kind.DOC, "Bread", Optional.of("flour\n")));
        }
        backup = phone.copy();
        save(phone, "salt\n", version(phone));
        Version open = version(phone);

        backup.read(tx -> tx.run("UPDATE spaces SET restored = 1"));
        backup.read(backup.replica()::goOnAfterRestore);
        save(backup, "water\n", version(backup));
        assertThatThrownBy(() -> save(backup, "salt\npepper\n", open)).hasMessageContaining("load the note again");
        assertThat(text(backup)).isEqualTo("water\n");

        phone.tell(laptop);
        laptop.tell(backup); // what the phone had written comes back, so the version that is open in the editor is known again
        save(backup, "salt\npepper\n", open);
        assertThat(text(backup).lines()).containsExactlyInAnyOrder("water", "salt", "pepper");
        assertThat(backup.replica().device()).isNotEqualTo(phone.replica().device());
        backup.tell(laptop);
        laptop.tell(phone);
        assertThat(backup.digest()).isEqualTo(laptop.digest()).isEqualTo(phone.digest());
    }
}
