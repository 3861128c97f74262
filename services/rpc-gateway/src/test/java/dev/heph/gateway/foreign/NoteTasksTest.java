package dev.heph.gateway.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.node.Attention;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as the plugin Obsidian Tasks writes them. */
class NoteTasksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '§', nullValues = "-", value = {
        "Pay rent 📅 2026-12-01                       § Pay rent    § WHITE  § -          § 2026-12-01",
        "Pay rent 🗓️ 2026-12-01                       § Pay rent    § WHITE  § -          § 2026-12-01",
        "Pay ⏳ 2026-11-30 rent ⏫ 📅2026-12-01         § Pay rent    § ORANGE § 2026-11-30 § 2026-12-01",
        "Begin 🛫 2026-11-30 ⏳ 2026-11-28 🔺           § Begin       § RED    § 2026-11-30 § -",
        "Low 🔽 ⌛ 2026-11-30 ➕ 2026-01-01              § Low         § WHITE  § 2026-11-30 § -",
        "Call [[People/Ann|Ann]] about [[Rent]] 📅 2026-12-01 ^block1 § Call Ann about Rent § WHITE § - § 2026-12-01",
        "#task Write #home #a/b text #1 📅 2026-12-01 ✅ 2026-11-02 § Write text #1 § WHITE § - § 2026-12-01",
        "📅 2026-12-01                                § 📅 2026-12-01 § WHITE § -          § 2026-12-01",
        "Leap 📅 2026-02-30                           § Leap        § WHITE  § -          § -",
    })
    void signsAreRead(String text, String title, Attention attention, String doDate, String lateOn) {
        ObsidianLine line = ObsidianLine.of(text);
        assertThat(line.promoted()).isTrue();
        assertThat(line.title()).isEqualTo(title);
        assertThat(line.attention()).isEqualTo(attention);
        assertThat(line.doDate()).isEqualTo(Optional.ofNullable(doDate));
        assertThat(line.lateOn()).isEqualTo(Optional.ofNullable(lateOn));
    }

    @Test
    void whatElseALineMaySay() {
        ObsidianLine line = ObsidianLine.of("Water 🔁 every week when done 📅 2026-12-01 🆔 abc ⛔ d-1, e2 🏁 delete #home #x/y");
        assertThat(line.title()).isEqualTo("Water");
        assertThat(line.repeat()).contains("every week when done");
        assertThat(line.id()).contains("abc");
        assertThat(line.blockedBy()).containsExactly("d-1", "e2");
        assertThat(line.tags()).containsExactly("home", "x/y");
        assertThat(ObsidianLine.of("2026-02-30 📅 2026-02-30").complaints()).containsExactly("its date '2026-02-30' is left out: there is no such day");
    }

    @Test
    void aLineWithoutDatesIsOnlySomethingToTickOff() {
        assertThat(List.of("Pay rent", "Pay rent ⏫", "on 2026-12-01", "📅 tomorrow", "")).noneMatch(text -> ObsidianLine.of(text).promoted());
    }
}
