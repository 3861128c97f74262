package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bodies: the splices make one of the other and are fit for a text. */
class BodyDiffEveryBodyTest {
    @Property(tries = 2000)
    void theSplicesMakeTheSavedBodyOfTheBase(@ForAll("bodies") String base, @ForAll("bodies") String saved) {
        List<Splice> splices = BodyDiff.between(base, saved);
        assertThat(BodyDiff.applied(base, splices)).isEqualTo(saved);
        int end = -1;
        for (Splice splice : splices) {
            assertThat(splice.position()).isGreaterThan(end);
            end = splice.end();
            assertThat(Characters.splitsPair(base, splice.position())).isFalse();
            assertThat(Characters.splitsPair(base, end)).isFalse();
        }
    }

    @Property(tries = 1000)
    void aTextTakesThem(@ForAll("bodies") String base, @ForAll("bodies") String saved) {
        Replica replica = new Replica(1);
        replica.splice(0, 0, base);
        replica.write(saved);
        assertThat(replica).hasToString(saved);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("a", "word ", "other ", "- [ ] ", "- [x] milk", "\n", "\n", "\r\n", "\r", " ", "\t", "😀", "😁",
                        "👩‍👩‍👧", "👍🏽", "日本", "本", "ですか", "e\u0301", "\u0301", "\u200D", "\uFE0F", "ไทย", "#", "🇯🇵")
                .list().ofMaxSize(40).map(parts -> String.join("", parts));
    }
}
