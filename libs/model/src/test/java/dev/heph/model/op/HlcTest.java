package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HlcTest {
    @Property
    void theOrderOfTheBytesIsTheLogicalOrder(
            @ForAll @LongRange(max = Long.MAX_VALUE) long millis, @ForAll @IntRange int counter,
            @ForAll @LongRange(max = Long.MAX_VALUE) long otherMillis, @ForAll @IntRange int otherCounter) {
        assertSameOrder(new Hlc(millis, counter), new Hlc(otherMillis, otherCounter));
        assertSameOrder(new Hlc(millis, counter), new Hlc(millis, otherCounter));
    }

    private static void assertSameOrder(Hlc one, Hlc other) {
        assertThat(Integer.signum(Arrays.compareUnsigned(one.bytes(), other.bytes())))
                .isEqualTo(Integer.signum(one.compareTo(other)));
        assertThat(Hlc.of(one.bytes())).isEqualTo(one);
    }

    @Test
    void aStampIsNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Hlc(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Hlc(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Hlc.of(new byte[11]));
    }

    @Test
    void textKeepsEveryDigit() {
        assertThat(new Hlc(1_795_237_200_000L, 3)).hasToString("1795237200000.3");
    }
}
