package dev.heph.model.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heph.model.id.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    private static final LocalDateTime NINE = LocalDateTime.of(2026, 11, 21, 9, 0);

    @Test
    void aValueTellsOnlyWhatItIs() {
        assertThat(Value.text("a").asText()).contains("a");
        assertThat(Value.text("true").asBool()).isEmpty();
        assertThat(new Value.Ref(new Id(1, 2)).asRef()).contains(new Id(1, 2));
        assertThat(new Value.Bool(false).asBool()).contains(false);
        assertThat(Value.NONE.asText()).isEmpty();
    }

    @Test
    void aPointInTimeIsKeptToTheMillisecond() {
        assertThat(new Value.At(Instant.ofEpochSecond(1, 123_456_789))).isEqualTo(new Value.At(Instant.ofEpochMilli(1_123)));
    }

    /** Another device's table of zones may be newer than ours. */
    @Test
    void aZoneNeedNotBeKnownHere() {
        assertThat(new Value.Moment(NINE, Optional.of("Mars/Olympus_Mons")).zone()).contains("Mars/Olympus_Mons");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Europe/Berlin]", "+02:00", "Europe/Berlin\n", "a b"})
    void whatIsNoZonesNameIsRefused(String zone) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Moment(NINE, Optional.of(zone)));
    }

    @Test
    void yearsHaveAtMostFourDigits() {
        LocalDate far = LocalDate.of(10_000, 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Day(far)).withMessageContaining("10000");
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Moment(far.atStartOfDay(), Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.At(Instant.MAX));
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Day(LocalDate.of(-1, 1, 1)));
    }

    @Test
    void aDecimalStaysWithinReach() {
        assertThat(new Value.Decimal(new BigDecimal("12.50")).number().scale()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Decimal(new BigDecimal("1E+2000000000")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Decimal(new BigDecimal("1".repeat(35))));
    }

    @Test
    void aFieldHasAFacetAndAName() {
        assertThat(Field.TITLE).hasToString("node.title");
        assertThat(new Field("node", "z")).isLessThan(new Field("task", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("", "title"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("node", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("node", "x".repeat(Field.MAX_LENGTH + 1)));
    }
}
