package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void whatMovesACursorOrTurnsLettersRoundIsASpace() {
        assertThat(Plain.line("a\u001b[2Jb\u009b31mc\r\nd\u202ee\u2028f\tg")).isEqualTo("a [2Jb 31mc d e f g");
        assertThat(Plain.line("Grüße, 世界 ")).isEqualTo("Grüße, 世界");
    }

    @Test
    void aBookIsCut() {
        assertThat(Plain.line("x".repeat(1_000))).hasSize(301).endsWith("x…");
    }
}
