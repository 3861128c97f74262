package dev.heph.model.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.op.Devices;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** "Registers" in docs/design/merge.md. */
class RegisterTest {
    private static final List<OpId> NOTHING = List.of();

    private final Write laptop = write("laptop", 1, 100, "laptop's");
    private final Write phone = write("phone", 1, 200, "phone's");
    private final Write desktop = write("desktop", 1, 150, "desktop's");

    @Test
    void aFieldNeverWrittenHasNoValue() {
        assertThat(Register.EMPTY.value()).isEmpty();
        assertThat(Register.EMPTY.contested()).isFalse();
        assertThat(Register.EMPTY.seen()).isEmpty();
    }

    @Test
    void aLaterWriteReplacesWhatItHasSeen() {
        Register register = Register.EMPTY.with(laptop, NOTHING).with(phone, List.of(laptop.op()));
        assertThat(register.tips()).containsExactly(phone);
        assertShows(register, "phone's");
    }

    /** The phone's clock is behind; it had seen the laptop's write all the same. */
    @Test
    void whatWasSeenCountsMoreThanAnyClock() {
        Write slow = write("phone", 1, 1, "phone's");
        Register register = Register.EMPTY.with(laptop, NOTHING).with(slow, List.of(laptop.op()));
        assertThat(slow.hlc()).isLessThan(laptop.hlc());
        assertShows(register, "phone's");
        assertThat(register.contested()).isFalse();
    }

    @Test
    void aRaceKeepsBothAndShowsTheGreatest() {
        Register register = Register.EMPTY.with(phone, NOTHING).with(laptop, NOTHING);
        assertThat(register.tips()).containsExactly(laptop, phone);
        assertShows(register, "phone's");
        assertThat(register.contested()).isTrue();
    }

    @Test
    void equalStampsAreBrokenByTheDeviceAndThenTheNumber() {
        Write one = write("laptop", 1, 100, "one");
        Write two = write("phone", 1, 100, "two");
        Write greater = one.op().device().compareTo(two.op().device()) > 0 ? one : two;
        assertThat(Register.EMPTY.with(one, NOTHING).with(two, NOTHING).tips()).endsWith(greater);
        assertThat(write("laptop", 2, 100, "later")).isGreaterThan(one);
    }

    @Test
    void aRaceToTheSameValueIsNoConflict() {
        Write same = write("phone", 1, 200, "laptop's");
        Register register = Register.EMPTY.with(laptop, NOTHING).with(same, NOTHING);
        assertThat(register.tips()).hasSize(2);
        assertThat(register.contested()).isFalse();
    }

    @Test
    void threeWaysAreOneConflictOfThree() {
        Register register = Register.EMPTY.with(laptop, NOTHING).with(phone, NOTHING).with(desktop, NOTHING);
        assertThat(register.tips()).containsExactly(laptop, desktop, phone);
        assertThat(register.contested()).isTrue();
    }

    @Test
    void aWriteThatHasSeenAllTipsSettlesTheConflict() {
        Register contested = Register.EMPTY.with(laptop, NOTHING).with(phone, NOTHING);
        Write settled = write("laptop", 2, 300, "both");
        Register register = contested.with(settled, contested.seen());
        assertThat(register.tips()).containsExactly(settled);
        assertThat(register.contested()).isFalse();
    }

    @Test
    void aLateArrivalReopensIt() {
        Register contested = Register.EMPTY.with(laptop, NOTHING).with(phone, NOTHING);
        Write settled = write("laptop", 2, 300, "both");
        Register reopened = contested.with(settled, contested.seen()).with(desktop, NOTHING);
        assertThat(reopened.tips()).containsExactly(desktop, settled);
        assertThat(reopened.contested()).isTrue();
        assertShows(reopened, "both");
    }

    /** Two devices made one tag; one of them had renamed it, long before the other's clock says it was made. */
    @Test
    void aFirstValueYieldsToAnyWrite() {
        Write made = initial("laptop", 1, 100, "home");
        Write renamed = write("laptop", 2, 110, "House");
        Write madeLater = initial("phone", 1, 9_999, "home");
        Register register = Register.EMPTY.with(made, NOTHING).with(renamed, List.of(made.op())).with(madeLater, NOTHING);
        assertShows(register, "House");
        assertThat(register.contested()).isFalse();
    }

    @Test
    void firstValuesThatDifferAreAConflict() {
        Register register = Register.EMPTY.with(initial("laptop", 1, 100, "home"), NOTHING)
                .with(initial("phone", 1, 200, "Home"), NOTHING);
        assertThat(register.contested()).isTrue();
        assertShows(register, "Home");
    }

    @Test
    void clearingIsAWriteLikeAnyOther() {
        Write cleared = new Write(new OpId(Devices.device("phone"), 1), new Hlc(200, 0), Value.NONE, false);
        Register register = Register.EMPTY.with(laptop, NOTHING).with(cleared, NOTHING);
        assertThat(register.value()).contains(Value.NONE);
        assertThat(register.contested()).isTrue();
    }

    @Property
    void theOrderOfConcurrentWritesDoesNotMatter(@ForAll @IntRange(min = 2, max = 6) int branches, @ForAll Random random) {
        List<Write> writes = new ArrayList<>();
        for (int branch = 0; branch < branches; branch++) {
            Write any = write("device " + branch, 1, random.nextInt(3), "value " + random.nextInt(3));
            writes.add(random.nextInt(4) == 0 ? new Write(any.op(), any.hlc(), any.value(), true) : any);
        }
        Register inOrder = all(writes);
        Collections.shuffle(writes, random);
        assertThat(all(writes)).isEqualTo(inOrder);
    }

    private static Register all(List<Write> writes) {
        Register register = Register.EMPTY;
        for (Write write : writes) {
            register = register.with(write, NOTHING);
        }
        return register;
    }

    private static void assertShows(Register register, String text) {
        assertThat(register.value()).contains(Value.text(text));
    }

    private static Write write(String device, long seq, long millis, String text) {
        return new Write(new OpId(Devices.device(device), seq), new Hlc(millis, 0), Value.text(text), false);
    }

    private static Write initial(String device, long seq, long millis, String text) {
        return new Write(new OpId(Devices.device(device), seq), new Hlc(millis, 0), Value.text(text), true);
    }
}
