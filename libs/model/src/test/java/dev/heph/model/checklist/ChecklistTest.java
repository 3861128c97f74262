package dev.heph.model.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Ticks belong to characters: saved as marks, shown in their place. */
class ChecklistTest {
    private static final DeviceId DEVICE = new DeviceId(new Id(1, 1));

    private final Map<CharId, String> marks = new HashMap<>();
    private Text text = new Text();
    private long seq;

    private Checklist list() {
        return new Checklist(text, id -> Optional.ofNullable(marks.get(id)));
    }

    /** @return what was saved */
    private Checklist.Saving save(String body) {
        Checklist.Saving saving = list().saving(body);
        text.edit(new OpId(DEVICE, ++seq), 7, saving.splices());
        marks.putAll(saving.marks());
        return saving;
    }

    @Test
    void aTickIsAMarkAndNoChangeOfTheText() {
        save("- [ ] milk\n- [ ] bread\n");
        Checklist.Saving saving = save("- [ ] milk\n- [x] bread\n");
        assertThat(saving.splices()).isEmpty();
        assertThat(saving.marks().values()).containsExactly("x");
        assertThat(text).hasToString("- [ ] milk\n- [ ] bread\n");
        assertThat(list().shown()).isEqualTo("- [ ] milk\n- [x] bread\n");
    }

    @Test
    void aRewordedAndTickedLineKeepsItsBox() {
        save("- [ ] milk\n- [ ] bread\n");
        CharId bread = text.idAt(14);
        Checklist.Saving saving = save("- [ ] milk\n- [x] brown bread\n");
        assertThat(saving.marks()).isEqualTo(Map.of(bread, "x"));
        assertThat(list().shown()).isEqualTo("- [ ] milk\n- [x] brown bread\n");
    }

    @Test
    void aTickStaysWithItsLineWhenAnotherComesBefore() {
        save("- [ ] milk\n");
        save("- [x] milk\n");
        save("- [ ] eggs\n- [x] milk\n");
        assertThat(text).hasToString("- [ ] eggs\n- [ ] milk\n");
        assertThat(list().shown()).isEqualTo("- [ ] eggs\n- [x] milk\n");
    }

    @Test
    void aSplitLinesMarkStaysWithItsMarkersHalf() {
        save("- [ ] milk and bread\n");
        save("- [x] milk and bread\n");
        save("- [x] milk\n- [ ] bread\n");
        assertThat(list().shown()).isEqualTo("- [x] milk\n- [ ] bread\n");
    }

    @Test
    void whatIsNoBoxAnyMoreShowsWhatWasSaved() {
        save("- [ ] milk\n");
        save("- [x] milk\n");
        save("- x milk\n");
        assertThat(list().shown()).isEqualTo("- x milk\n");
        save("- [ ] milk\n");
        save("`- [x] milk`\n");
        assertThat(list().shown()).isEqualTo("`- [x] milk`\n");
    }

    @Test
    void aMarkThatCannotBeOneIsNotShown() {
        for (String bad : List.of("]", "[", "ab", "", "\n", "\\", "\ud83d")) {
            assertThat(Mark.of(Optional.of(Value.text(bad)))).as(bad).isEmpty();
        }
        assertThat(Mark.of(Optional.of(Value.text("🔥")))).contains("🔥");
        assertThat(Mark.of(Optional.of(Value.NONE))).isEmpty();
    }

    @Test
    void aFieldNamesItsCharacter() {
        CharId id = new CharId(CharId.MAX_CLIENT, 12);
        assertThat(Mark.character(Mark.field(id))).contains(id);
        assertThat(Mark.character(new dev.heph.model.register.Field("mark", "9999999999999999@1"))).isEmpty();
        assertThat(Mark.character(new dev.heph.model.register.Field("node", "1@1"))).isEmpty();
    }

    /** Whatever was there and whatever is saved: that is shown, to the letter. */
    @Property(tries = 3_000)
    void whatWasSavedIsShown(@ForAll("bodies") List<String> bodies) {
        text = new Text();
        marks.clear();
        seq = 0;
        for (String body : bodies) {
            save(body);
            assertThat(list().shown()).isEqualTo(body);
        }
    }

    @Provide
    Arbitrary<List<String>> bodies() {
        Arbitrary<String> line = Arbitraries.of("- [ ] milk", "- [x] milk", "- [X] milk", "- [🔥] milk", "- [ ] bread", "- [x] bread", "- [/] brown bread",
                "1. [ ] a", "1. [x] a", "milk", "", "- [] milk", "- [x milk", "- x] milk", "```", "    - [ ] code", "> - [ ] q", "> - [x] q", "- [ ]", "[x]",
                "- [ ] [x]", "- [\u00e9] milk", "<!--", "-->", "- [ ] `a", "- [`] a", "- [<] b", "- [x]milk", "  - [x] nested", "  - [ ] nested");
        return line.list().ofMaxSize(7).map(lines -> String.join("\n", lines)).list().ofMinSize(2).ofMaxSize(5);
    }
}
