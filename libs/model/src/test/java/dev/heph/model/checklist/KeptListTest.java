package dev.heph.model.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.text.CharId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptListTest {
    private static Box box(long clock, String mark, String text) {
        return new Box(new CharId(5, clock), mark, text);
    }

    @Test
    void isReadBackAsItWasWritten() {
        KeptList list = new KeptList(List.of(box(0, "x", "Buy [milk](shop)"), box(7, " ", "  2 eggs"), box(9, "🎉", "")));
        assertThat(list.toString()).isEqualTo("5@0[x]Buy [milk](shop)\n5@7[ ]  2 eggs\n5@9[🎉]");
        assertThat(KeptList.read(list.toString())).isEqualTo(list);
    }

    @Test
    void whatIsNoLineOfItIsPassedOver() {
        assertThat(KeptList.read("5@0[x]a\nb\n5@1[]c\n5@2[xy]d\n@[x]\n5@3[ ]e").boxes()).extracting(Box::text).containsExactly("a", "e");
        assertThat(KeptList.read("").boxes()).isEmpty();
    }

    @Test
    void itIsAsLongAsAnActionMayBe() {
        KeptList list = new KeptList(IntStream.range(0, 600).mapToObj(at -> box(at, "x", "🥛".repeat(300))).toList());
        assertThat(list.boxes()).hasSize(500).allMatch(box -> box.text().equals("🥛".repeat(200)));
    }
}
