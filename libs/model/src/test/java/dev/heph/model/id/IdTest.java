package dev.heph.model.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {
    /** The example of the ULID specification, in bytes and in text. */
    private static final Id EXAMPLE = new Id(0x01563E3AB5D3D676L, 0x4C61EFB99302BD5BL);

    @Test
    void textIsCrockfordsBase32() {
        assertThat(EXAMPLE).hasToString("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    }

    @Property
    void textAndBytesRoundTrip(@ForAll long high, @ForAll long low) {
        Id id = new Id(high, low);
        assertThat(Id.parse(id.toString())).contains(id);
        assertThat(Id.parse(id.toString().toLowerCase())).contains(id);
        assertThat(Id.of(id.bytes())).isEqualTo(id);
    }

    @Property
    void textBytesAndIdsHaveOneOrder(@ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        Id id = new Id(high, low);
        Id other = new Id(otherHigh, otherLow);
        int order = Integer.signum(id.compareTo(other));
        assertThat(Integer.signum(id.toString().compareTo(other.toString()))).isEqualTo(order);
        assertThat(Integer.signum(Arrays.compareUnsigned(id.bytes(), other.bytes()))).isEqualTo(order);
    }

    @Test
    void lettersThatPeopleConfuseAreForgiven() {
        Id id = Id.parse("01ARZ3NDEKTSV4RRFFQ69G5FA0").orElseThrow();
        assertThat(Id.parse("O1ARZ3NDEKTSV4RRFFQ69G5FAo")).contains(id);
        assertThat(Id.parse("0IARZ3NDEKTSV4RRFFQ69G5FA0")).contains(id);
        assertThat(Id.parse("0larz3ndektsv4rrffq69g5fa0")).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "01ARZ3NDEKTSV4RRFFQ69G5FA-", "01ARZ3NDEKTSV4RRFFQ69G5FAé", "81ARZ3NDEKTSV4RRFFQ69G5FAV"
    })
    void whatIsNoUlidIsNoId(String text) {
        assertThat(Id.parse(text)).isEmpty();
    }

    @Test
    void anIdHasSixteenBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Id.of(new byte[15])).withMessageContaining("16");
    }
}
