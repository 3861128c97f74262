package dev.heph.model.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who stands in for whom, and what is said about the others; {@link Notation} tells how to read the tables. */
class BoardTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
        # a blocker stands in for what waits for it
        a:white b:red                  | a>b             | a:red(b)                 | b<a
        a:white b:white!               | a>b             | a:white!(b)              | b<a
        a:white! b:red                 | a>b             | a:red!(b)                | b<a
        a:red b:white                  | a>b             | a:red(b)                 | b<a
        a:white b:white c:orange       | a>b             | c:orange a:white(b)      | b<a
        # behind others, and by all ways, each named once, the most demanding first
        a:white b:white c:red          | a>b b>c         | a:red(cb)                | c<b b<a
        a:white b:white c:orange d:red | a>b a>c b>d c>d | a:red(dcb)               | d<bc b<a c<a
        a:white b:orange! c:orange     | a>b a>c         | a:orange!(bc)            | b<a c<a
        # every blocker stands in
        a:white b:white c:red          | a>c b>c         | a:red(c) b:red(c)        | c<ab
        # though it is on deck or put off
        a:blue b:white                 | a>b             | a:white(b)               | b<a
        a:blue@9 b:red                 | a>b             | a:red(b)                 | b<a
        a:white@9 b:orange             | a>b             | a:orange(b)              | b<a
        a:red@9 b:white                | a>b             | a:red(b)                 | b<a
        # what is on deck or put off asks for nothing
        a:white b:blue!                | a>b             | a:white                  | b:blue
        a:white b:red@2!               | a>b             | a:white                  | b@2
        a:blue b:red@2                 | a>b             | ''                       | b@2 a:blue
        a:blue b:blue                  | a>b             | ''                       | a:blue b:blue
        # unless it is in the way itself: then it would be offered, so its blocker stands in for it too
        a:white b:blue c:orange        | a>b b>c         | a:orange(cb)             | b<a c<b
        a:white b:red@2 c:white        | a>b b>c         | a:red(bc)                | b<a c<b
        # a cycle holds nobody up, and hands nothing around
        a:white b:red                  | a>b b>a         | b:red~ a:white~          | ''
        a:white b:white c:red          | a>b b>c c>a     | c:red~ a:white~ b:white~ | ''
        a:blue b:red                   | a>b b>a         | b:red~                   | a:blue
        a:blue b:red@1                 | a>b b>a         | ''                       | b@1 a:blue
        # but what is outside waits for it, and it for what is outside
        a:white b:white c:red          | a>b b>a b>c     | b:red(c)~ a:white~       | c<b
        a:white b:white c:red          | a>b b>c c>b     | c:red~ a:white(b)        | b<a
        a:white b:white c:white d:red  | a>b b>a b>c c>d d>c c>a | d:red~ a:white~ b:white~ c:white~ | ''
        # a task does not wait for itself, nor for what is not open; twice is once
        a:white                        | a>a             | a:white                  | ''
        a:white                        | z>a a>y         | a:white                  | ''
        a:white b:red                  | a>b a>b         | a:red(b)                 | b<a
        # the order looks at what was taken over, but at its own do-date
        a:white b:orange c:red         | a>c             | a:red(c) b:orange        | c<a
        a:white b:white@-1 c:white!    | a>c             | a:white!(c) b:white      | c<a
        a:white b:white@-1 c:white@-9  | a>c             | b:white a:white(c)       | c<a
        a:white@3 b:white@-1 c:white d:white | a>c       | b:white a:white(c) d:white | c<a
        """)
    void blockersStandIn(String tasks, String blocks, String rows, String hidden) {
        Board board = Notation.board(tasks, blocks);
        assertThat(Notation.rows(board.next(5))).isEqualTo(rows);
        List<Hidden> others = board.hidden(5);
        assertThat(Notation.hidden(others).split(" ")).containsExactlyInAnyOrder(hidden.split(" "));
        assertThat(board.next(5).size() + others.size()).isEqualTo(tasks.split(" +").length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
        # tasks                                  | blocks  | limit | rows | beyond
        a:white b:white c:white                  | ''      | 2     | ab   | c#3
        a:white b:white c:white                  | ''      | 9     | abc  | ''
        a:white b:white c:white                  | ''      | 0     | ''   | a#1 b#2 c#3
        a:red b:red c:red d:orange               | ''      | 2     | abc  | d#4
        a:red b:red c:red d:orange               | ''      | 0     | abc  | d#4
        a:red b:white c:orange d:white           | ''      | 2     | ac   | b#3 d#4
        # a blocker of a red one is exempt as well
        a:red b:blue c:white@5 d:orange e:red f:red | b>e c>f | 1  | cab  | d#4
        """)
    void atMostTheLimitButEveryRedOne(String tasks, String blocks, int limit, String rows, String beyond) {
        Board board = Notation.board(tasks, blocks);
        assertThat(Notation.names(board.next(limit).stream().map(row -> row.task().id()).toList())).isEqualTo(rows);
        assertThat(Notation.hidden(board.hidden(limit).stream().filter(Hidden.BeyondLimit.class::isInstance).toList()))
                .isEqualTo(beyond);
    }

    @Test
    void whatIsHiddenIsToldInTheOrderOfItsReasons() {
        Board board = Notation.board("a:white b:white c:white d:red e:white@4 f:orange@2 g:white@2 h:blue i:blue!", "a>d");
        assertThat(Notation.hidden(board.hidden(2))).isEqualTo("c#3 d<a f@2 g@2 e@4 i:blue h:blue");
    }

    @Test
    void theFirstThatTellsTwoRowsApartIsTheReason() {
        List<Row> rows = Notation.board("a:white b:white c:white@-1 d:white! e:orange f:red", "b>f").next(9);
        assertThat(Notation.rows(rows)).isEqualTo("b:red(f) e:orange d:white! c:white a:white");
        List<Reason> reasons = new ArrayList<>();
        for (int at = 1; at < rows.size(); at++) {
            reasons.add(Reason.of(rows.get(at - 1), rows.get(at)));
        }
        assertThat(reasons).containsExactly(Reason.ATTENTION, Reason.ATTENTION, Reason.LATE, Reason.DO_DATE);
        assertThat(reasons.get(2).words()).isEqualTo("is late");
    }

    @Test
    void elseTheOlderThenTheSmallerId() {
        Candidate old = Notation.task("c:white");
        Candidate late = new Candidate(Notation.id("a"), old.attention(), old.doFrom(), old.lateFrom(), old.created().plusMillis(1));
        List<Row> rows = Board.of(List.of(late, Notation.task("d:white"), old), List.of(), Notation.NOW).next(9);
        assertThat(Notation.rows(rows)).isEqualTo("c:white d:white a:white");
        assertThat(Reason.of(rows.get(0), rows.get(1))).isEqualTo(Reason.ID);
        assertThat(Reason.of(rows.get(1), rows.get(2))).isEqualTo(Reason.CREATED);
        assertThatThrownBy(() -> Reason.of(rows.get(2), rows.get(0))).hasMessageContaining("does not stand before");
    }

    @Test
    void aRowTellsItsOwnLatenessFromThatOfOthers() {
        List<Row> rows = Notation.board("a:white b:orange! c:white!", "a>b").next(9);
        assertThat(rows).extracting(Row::late).containsExactly(true, true);
        assertThat(rows).extracting(Row::ownLate).containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a:white@3 b:white@2 c:blue@1    | b
        a:white@2 b:red@2               | b
        a:blue b:blue@1                 | -
        a:white                         | -
        """)
    void theSoonestIsNextUp(String tasks, String name) {
        assertThat(Notation.board(tasks, "").nextUp().map(task -> Notation.name(task.id())).orElse("-")).isEqualTo(name);
    }

    @Test
    void theCountsAreOfAllThatIsOpenAsItIs() {
        Board board = Notation.board("a:red b:red@3 c:orange! d:orange e:white f:blue! g:blue", "g>a e>c");
        assertThat(board.counts()).isEqualTo(new Counts(2, 2, 2, 5, 2));
    }

    @Test
    void tooMuchIsSaidNotRounded() {
        assertThat(new Counts(0, 0, 6, 30, 0)).matches(counts -> !counts.tooManyOrange() && !counts.tooManyActive());
        assertThat(new Counts(0, 0, 7, 31, 0)).matches(counts -> counts.tooManyOrange() && counts.tooManyActive());
    }

    @Test
    void aPartOfTheBoardHasTheBlockersOfItsTasksWhereverTheyAre() {
        Board board = Notation.board("a:blue b:white c:red d:orange e:white f:white@3 g:red@1", "a>b b>c d>e");
        Predicate<Id> scope = List.of(Notation.id("c"), Notation.id("d"), Notation.id("f"))::contains;
        Board part = board.within(scope);
        assertThat(Notation.rows(part.next(5))).isEqualTo("a:red(cb) d:orange(e)");
        assertThat(Notation.hidden(part.hidden(5))).isEqualTo("c<b f@3");
        assertThat(part.nextUp()).contains(Notation.task("f:white@3"));
        assertThat(part.counts()).isEqualTo(new Counts(0, 1, 1, 3, 0));
        assertThat(Notation.rows(board.within(Notation.id("a")::equals).next(5))).isEqualTo("a:red(cb)");
        assertThat(board.within(id -> false).next(5)).isEmpty();
    }

    @Test
    void anEmptyBoard() {
        Board board = Notation.board("", "");
        assertThat(board.next(5)).isEmpty();
        assertThat(board.hidden(5)).isEmpty();
        assertThat(board.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0));
    }
}
