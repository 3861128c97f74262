package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShortIdsTest {
    @Test
    void theEnd_inLowerCase() {
        assertThat(ShortIds.ofIds(List.of("01KAHX5T9ZV2Q8R4N6B7C9K3F9")).of("01KAHX5T9ZV2Q8R4N6B7C9K3F9"))
                .isEqualTo("k3f9");
    }

    @Test
    void longEnoughToTellApart() {
        ShortIds ids = ShortIds.ofIds(List.of("01KAHX5T9ZV2Q8R4N6B7C9K3F9", "01KAHX5T9ZV2Q8R4N6B7D9K3F9"));

        assertThat(ids.of("01KAHX5T9ZV2Q8R4N6B7C9K3F9")).isEqualTo("c9k3f9");
    }

    @Property
    void alwaysDifferent(@ForAll("ids") Set<String> ids) {
        ShortIds shortIds = ShortIds.ofIds(ids);
        var endings = new HashSet<String>();
        ids.forEach(id -> endings.add(shortIds.of(id)));

        assertThat(endings).hasSameSizeAs(ids).allMatch(ending -> ending.length() >= 4);
    }

    @Provide
    Arbitrary<Set<String>> ids() {
        return Arbitraries.strings().withChars("0AZ").ofLength(26).set().ofMaxSize(60);
    }
}
