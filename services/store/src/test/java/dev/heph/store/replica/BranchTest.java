package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a text's edits is its file's. */
class BranchTest {
    private static final DeviceId LAPTOP = new DeviceId(new Id(1, 2));
    private static final DeviceId DESK = new DeviceId(new Id(3, 4));

    private static OpId op(long seq) {
        return new OpId(LAPTOP, seq);
    }

    @Test
    void asLongAsNothingWasEditedHereItIsAVersion() {
        Version first = Version.EMPTY.with(op(3));
        assertThat(Branch.at(first).with(op(6), op(7), first)).isEqualTo(Branch.at(first.with(op(7))));
    }

    @Test
    void whatWasEditedHereIsNotInIt() {
        Version imported = Version.EMPTY.with(op(3));
        Version edited = imported.with(op(5));
        Branch branch = Branch.at(imported).with(op(8), op(9), edited);
        assertThat(branch.includes(op(3))).isTrue();
        assertThat(branch.includes(op(5))).isFalse();
        assertThat(branch.includes(op(8))).isTrue();
        assertThat(branch.includes(new OpId(DESK, 8))).isFalse();

        Branch again = branch.with(op(12), op(12), edited.with(op(9)));
        assertThat(again.own()).as("one span while nothing is edited here").hasSize(1);
        assertThat(again.includes(op(12))).isTrue();

        Branch third = again.with(op(20), op(21), edited.with(op(15)));
        assertThat(third.own()).hasSize(2);
        assertThat(third.includes(op(15))).isFalse();
        assertThat(third.with(new OpId(DESK, 1), new OpId(DESK, 1), edited.with(op(21))).own()).hasSize(3);
        assertThat(Branch.parse(third.text())).contains(third);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "0 ", "0 x", "0 01ARZ3NDEKTSV4RRFFQ69G5FAV:1", " 0"})
    void whatIsNoBranchIsRefused(String text) {
        assertThat(Branch.parse(text)).isEmpty();
    }
}
