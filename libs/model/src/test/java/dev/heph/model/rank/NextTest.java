package dev.heph.model.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of "what is next". Days count from now, {@code -} is none; the first of each pair is offered first. */
class NextTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // attention, do, late, created | attention, do, late, created
        "red,    -, -, 0,  orange, -, -, 0",
        "orange, -, -, 0,  white,  -, -, 0",
        "red,    -, -, 0,  white, -9, -9, 0",
        "white,  -, -1, 0, white, -9, -, 0",
        "white, -2, -, 0,  white, -1, -, 0",
        "white, -1, -, 0,  white,  -, -, 0",
        "white, -1, -1, 0, white, -1, 1, 0",
        "white,  -, -, -2, white,  -, -, -1",
    })
    void thePairIsInThisOrder(
            String a, String aDo, String aLate, String aCreated, String b, String bDo, String bLate, String bCreated) {
        Candidate first = candidate(2, a, aDo, aLate, aCreated);
        Candidate second = candidate(1, b, bDo, bLate, bCreated);
        assertThat(Next.of(List.of(second, first), NOW, 5)).containsExactly(first, second);
    }

    @Test
    void theIdBreaksTheLastTie() {
        Candidate first = candidate(1, "white", "-", "-", "0");
        Candidate second = candidate(2, "white", "-", "-", "0");
        assertThat(Next.of(List.of(second, first), NOW, 5)).containsExactly(first, second);
    }

    @Test
    void theBacklogAndWhatIsPutOffAreNotOffered() {
        assertThat(Next.of(List.of(candidate(1, "blue", "-", "-", "0"), candidate(2, "red", "1", "-", "0")), NOW, 5)).isEmpty();
    }

    @Test
    void everyRedIsOfferedWhateverTheLimit() {
        List<Candidate> tasks = new ArrayList<>();
        for (int at = 0; at < 8; at++) {
            tasks.add(candidate(at, "red", "-", "-", "0"));
        }
        tasks.add(candidate(9, "white", "-", "-", "0"));
        assertThat(Next.of(tasks, NOW, 5)).hasSize(8).allMatch(task -> task.attention() == Attention.RED);
        assertThat(Next.of(tasks.subList(7, 9), NOW, 5)).hasSize(2);
    }

    private static Candidate candidate(long id, String attention, String doFrom, String lateFrom, String created) {
        return new Candidate(new Id(0, id), Attention.of(attention).orElseThrow(), at(doFrom), at(lateFrom), at(created).orElseThrow());
    }

    private static Optional<Instant> at(String days) {
        return days.equals("-") ? Optional.empty() : Optional.of(NOW.plusSeconds(86_400L * Long.parseLong(days)));
    }
}
