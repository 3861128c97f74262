package dev.heph.model.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every line. */
class CapturePropertiesTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-20T10:00"), LocalTime.of(4, 0));
    private static final Set<String> REPEATING = Set.of("every", "on", "mon,thu", "mon,", "and", "last", "after", "done", "until");
    private static final String[] PIECES = {
        "Pay", "rent", "3", "cloud", "#home", "#a/b", "+shop", "#12", "#", "@", "@house", "@a/b", "@\"Reading", "list\"", "!red",
        "red!", "!", "!x", "wow!", "!later", "do:", "do:fri", "do:\"next", "week\"", "do:'", "late:1", "late:1dec", "dec", "15",
        "every", "month", "2", "weeks", "on", "mon,thu", "mon,", "and", "last", "friday", "after", "done", "until", "tomorrow",
        "next", "week", "17:00", "at", "9am", "+3d", "-1", "none", "in", "days", "--", "\\", "\\\\", "\\#x", "\\every",
        "\\tomorrow", "\\o/", "a@b.c", "https://x.org/#y", "日本", "💡", "\u00A0", "\u2028", "\uD83D",
    };

    @Property(tries = 5_000)
    void aLineIsUnderstoodOrRefusedInOneLine(@ForAll("lines") String line) {
        try {
            Captured captured = Capture.parse(line, NOW);
            assertThat(captured.title()).isNotEmpty().isEqualTo(String.join(" ", Capture.words(captured.title())));
            assertThat(captured.echo(NOW)).startsWith(captured.title());
        } catch (CaptureException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(200);
        }
    }

    @Property(tries = 5_000)
    void anEscapedTitleComesBackVerbatim(@ForAll("lines") String line) {
        String title = String.join(" ", Capture.words(line));
        Assume.that(!title.isEmpty());
        Captured expected = new Captured(title, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Optional.empty());
        assertThat(Capture.parse(Capture.escape(line), NOW)).as(Capture.escape(line)).isEqualTo(expected);
        assertThat(Capture.parse("-- " + line, NOW)).isEqualTo(expected);
    }

    /** The title is part of the line, in its order; every other word belongs to a field, and each field has its words. */
    @Property(tries = 5_000)
    void noWordIsLost(@ForAll("lines") String line) {
        Captured captured;
        try {
            captured = Capture.parse(line, NOW);
        } catch (CaptureException refused) {
            return;
        }
        List<String> left = new ArrayList<>(Capture.words(line));
        int end = left.indexOf("--");
        if (end >= 0) {
            left.remove(end);
        }
        assertThat(isTitleAndFields(Capture.words(captured.title()), left, captured)).as("%s: %s", line, captured).isTrue();
    }

    /** Whether some words of these are the title and all others belong to fields. A word of the title may stand before it as a field's. */
    private static boolean isTitleAndFields(List<String> title, List<String> words, Captured captured) {
        if (words.isEmpty()) {
            return title.isEmpty();
        }
        String word = words.getFirst();
        List<String> others = words.subList(1, words.size());
        boolean isTitle = !title.isEmpty() && (word.equals(title.getFirst()) || word.equals("\\" + title.getFirst()));
        return isTitle && isTitleAndFields(title.subList(1, title.size()), others, captured)
                || isOfAField(word, captured) && isTitleAndFields(title, others, captured);
    }

    private static boolean isOfAField(String word, Captured captured) {
        boolean dated = captured.doDate().isPresent() || captured.lateOn().isPresent();
        return (word.startsWith("#") || word.startsWith("+")) && captured.tags().contains(word.substring(1))
                || captured.attention().isPresent() && Mark.of(word).map(Mark.Asks.class::isInstance).orElse(false)
                || captured.project().map(name -> ("@" + name + " @\"" + name + "\"").contains(word)).orElse(false)
                || dated && (word.matches("(do|late):.+|.+['\"]") || DateWords.isWord(word))
                || captured.repeat().isPresent() && (REPEATING.contains(word) || DateWords.isWord(word));
    }

    /** Whatever the order of the marks, the same is understood, and the words between them keep theirs. */
    @Property
    void theOrderOfTheMarksIsFree(@ForAll("titles") @NotEmpty List<String> title, @ForAll Random random) {
        List<String> line = new ArrayList<>(title);
        for (String mark : List.of("!red", "#home", "@house", "do:'fri 17:00'", "late:1dec", "every last friday")) {
            line.add(random.nextInt(line.size() + 1), mark);
        }
        assertThat(Capture.parse(String.join(" ", line), NOW)).isEqualTo(new Captured(String.join(" ", title), Optional.of(Attention.RED),
                Optional.of(new When.Moment(LocalDateTime.parse("2026-11-27T17:00"))), Optional.of(new When.Day(LocalDate.of(2026, 12, 1))),
                Optional.of("house"), List.of("home"), Optional.of(new Repeat("FREQ=MONTHLY;BYDAY=-1FR", false))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"every ", "every mon, ", "mon, ", "every 2 weeks on mon and ", "tomorrow ", "\\", "#a", "#a/", "@\" ", "!",
        "-- ", "do:", "15 dec ", "next ", "\u00A0", "9", "until 1 dec ", "after done "})
    void aLongLineTakesNoTime(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatCode(() -> Capture.parse("x " + piece.repeat(100_000), NOW))
                .satisfies(error -> assertThat(error == null || error instanceof CaptureException).as("%s", error).isTrue()));
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.oneOf(Arbitraries.of(PIECES).list().ofMaxSize(10).map(pieces -> String.join(" ", pieces)),
                Arbitraries.of(PIECES).list().ofMaxSize(6).map(pieces -> String.join("", pieces)), Arbitraries.strings().ofMaxLength(20));
    }

    @Provide
    Arbitrary<List<String>> titles() {
        return Arbitraries.of("Pay", "the", "rent", "of", "3", "houses", "wow!", "#12", "日本").list().ofMinSize(1).ofMaxSize(6);
    }
}
