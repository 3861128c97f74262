package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A text edited by one device is just a string. */
class LocalEditTest {
    /** Lengths to keep, to delete, and what to insert, one after the other through the text. */
    record Change(int kept, int deleted, String inserted) {}

    @Property(tries = 500)
    void aTextIsTheStringThatTheSameSplicesMake(@ForAll("saves") List<List<Change>> saves) {
        Replica replica = new Replica(1);
        Replica follower = new Replica(2);
        String model = "";
        for (List<Change> save : saves) {
            List<Splice> splices = splices(model, save);
            model = BodyDiff.applied(model, splices);
            replica.edit(splices);
            assertThat(replica).hasToString(model);
            assertThat(replica.text().length()).isEqualTo(model.length());
            follower.pull(replica);
            assertThat(follower).hasToString(model);
        }
        assertEveryCharacterKnowsItsPlace(replica.text(), model);
        byte[] saved = replica.text().save();
        assertThat(Text.load(saved)).hasToString(model);
        assertThat(Text.load(saved).save()).isEqualTo(saved);
    }

    @Provide
    Arbitrary<List<List<Change>>> saves() {
        Arbitrary<String> text = Arbitraries.of("", "x", "words ", "日本語", "😀", "👩‍👩‍👧", "é\r\n");
        return Combinators.combine(Arbitraries.integers().between(0, 30), Arbitraries.integers().between(0, 9), text)
                .as(Change::new).list().ofMaxSize(6).list().ofMaxSize(80);
    }

    private static List<Splice> splices(String text, List<Change> changes) {
        List<Splice> splices = new ArrayList<>();
        int position = 0;
        for (Change change : changes) {
            int from = boundary(text, Math.min(text.length(), position + change.kept()));
            int to = boundary(text, Math.min(text.length(), from + change.deleted()));
            splices.add(new Splice(from, to - from, change.inserted()));
            position = to;
        }
        return splices;
    }

    private static int boundary(String text, int position) {
        return Characters.splitsPair(text, position) ? position + 1 : position;
    }

    private static void assertEveryCharacterKnowsItsPlace(Text text, String model) {
        assertThat(text.characters()).isEqualTo(model.codePointCount(0, model.length()));
        for (int characters = 0; characters <= text.characters(); characters++) {
            assertThat(text.unitsOf(characters)).isEqualTo(model.offsetByCodePoints(0, characters));
        }
        for (int i = 0; i < model.length(); i += Character.charCount(model.codePointAt(i))) {
            assertThat(text.positionOf(text.idAt(i))).isEqualTo(new Place(i, true));
        }
    }
}
