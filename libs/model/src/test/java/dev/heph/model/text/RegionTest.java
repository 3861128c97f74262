package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which lines people are shown when a race is to be settled. */
class RegionTest {
    private static final String BASE = "one\ntwo\nthree\nfour\n";

    @Test
    void theLinesThatBothChanged() {
        Region region = Region.of(BASE, List.of("one\nTWO\nthree\nfour\n", "one\ntoo\nthree\nfour!\n"), "one\nTWOtoo\nthree\nfour!\n", List.of(4))
                .orElseThrow();
        assertThat(region.base()).isEqualTo("two\n");
        assertThat(region.sides()).containsExactly("TWO\n", "too\n");
        assertThat(region.merged()).isEqualTo("TWOtoo\n");
        assertThat(region.with("2\n")).isEqualTo("one\n2\nthree\nfour!\n");
    }

    @Test
    void oneSideMayHaveDeletedThem() {
        Region region = Region.of(BASE, List.of("one\nthree\nfour\n", "one\ntwo halves\nthree\nfour\n"), "one\n halves\nthree\nfour\n", List.of(5))
                .orElseThrow();
        assertThat(region.sides()).containsExactly("", "two halves\n");
        assertThat(region.with(region.sides().getFirst())).isEqualTo("one\nthree\nfour\n");
    }

    @Test
    void atTheEndOfATextWithoutANewline() {
        Region region = Region.of("one", List.of("one red", "one blue"), "one red blue", List.of(4)).orElseThrow();
        assertThat(region.base()).isEqualTo("one");
        assertThat(region.sides()).containsExactly("one red", "one blue");
    }

    @Test
    void oneThatWentBackToTheBaseDisagreesNoMore() {
        Optional<Region> region = Region.of(BASE, List.of(BASE, "one\ntoo\nthree\nfour\n"), "one\ntoo\nthree\nfour\n", List.of(4));
        assertThat(region).isEmpty();
    }
}
