package dev.heph.model.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for every board. */
class BoardPropertiesTest {
    @Property(tries = 2000)
    void theBoardIsWhatTheRulesSay(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int tasks,
            @ForAll @IntRange(max = 9) int limit) {
        Corpus corpus = Corpus.random(new Random(seed), tasks);
        assertThat(corpus.board().next(limit))
                .isEqualTo(new Oracle(corpus.open(), corpus.blocks(), Notation.NOW).next(limit));
    }

    @Property(tries = 1000)
    void everyOpenTaskIsARowOrHiddenForItsReason(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int tasks) {
        Corpus corpus = Corpus.random(new Random(seed), tasks);
        Oracle oracle = new Oracle(corpus.open(), corpus.blocks(), Notation.NOW);
        List<Row> ranked = oracle.next(tasks);
        List<Row> rows = corpus.board().next(2);
        List<Hidden> hidden = corpus.board().hidden(2);
        Set<Id> told = rows.stream().map(row -> row.task().id()).collect(Collectors.toSet());
        for (Hidden each : hidden) {
            Candidate task = each.task();
            assertThat(told.add(task.id())).as("%s is told once", task).isTrue();
            assertThat(switch (each) {
                case Hidden.BeyondLimit beyond -> ranked.get(beyond.position() - 1).task().equals(task);
                case Hidden.Blocked blocked -> oracle.isWanted(task) && !blocked.by().isEmpty()
                        && blocked.by().equals(oracle.blockers(task).stream().map(Candidate::id).toList());
                case Hidden.Future future -> !oracle.isWanted(task) && future.doFrom().isAfter(Notation.NOW)
                        && task.attention() != Attention.BLUE;
                case Hidden.Blue blue -> !oracle.isWanted(task) && task.attention() == Attention.BLUE;
            }).as("%s", each).isTrue();
        }
        assertThat(told).hasSize(tasks);
    }

    @Property(tries = 2000)
    void nothingRedEverDisappears(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tasks) {
        Corpus corpus = Corpus.random(new Random(seed), tasks);
        List<Row> rows = corpus.board().next(0);
        Set<Id> shown = new HashSet<>();
        rows.forEach(row -> {
            shown.add(row.task().id());
            shown.addAll(row.unblocks());
        });
        assertThat(corpus.open()).allSatisfy(task -> {
            if (task.attention() == Attention.RED && task.isActionable(Notation.NOW)) {
                assertThat(shown).contains(task.id());
            }
        });
    }

    @Property(tries = 1000)
    void whatIsActionableIsARowOrBehindOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tasks) {
        Corpus corpus = Corpus.random(new Random(seed), tasks);
        Map<Id, Candidate> open = corpus.open().stream().collect(Collectors.toMap(Candidate::id, Function.identity()));
        Set<Candidate> actionable = open.values().stream().filter(task -> task.isActionable(Notation.NOW)).collect(Collectors.toSet());
        for (Row row : corpus.board().next(tasks)) {
            actionable.remove(row.task());
            row.unblocks().stream().map(open::get).forEach(actionable::remove);
        }
        assertThat(actionable).isEmpty();
    }

    @Property(tries = 1000)
    void thereAreAsManyRowsAsAskedForButNeverFewerThanReds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tasks,
            @ForAll @IntRange(min = -1, max = 70) int limit) {
        Board board = Corpus.random(new Random(seed), tasks).board();
        List<Row> all = board.next(tasks);
        int reds = (int) all.stream().filter(row -> row.attention() == Attention.RED).count();
        assertThat(board.next(limit)).isEqualTo(all.subList(0, Math.min(all.size(), Math.max(limit, reds))));
    }

    /** Antisymmetric, transitive and total: each pair of the sorted rows compares as their places do. */
    @Property(tries = 500)
    void theOrderIsTotalAndItsReasonsAreTrue(@ForAll long seed) {
        Corpus corpus = Corpus.random(new Random(seed), 30);
        Oracle oracle = new Oracle(corpus.open(), corpus.blocks(), Notation.NOW);
        List<Row> rows = corpus.board().next(30);
        for (int at = 0; at < rows.size(); at++) {
            for (int later = at + 1; later < rows.size(); later++) {
                Row row = rows.get(at);
                Row next = rows.get(later);
                assertThat(Reason.ORDER.compare(row, next)).isNegative();
                assertThat(Reason.ORDER.compare(next, row)).isPositive();
                assertThat(Reason.of(row, next).ordinal()).isEqualTo(firstDifference(oracle.place(row), oracle.place(next)));
            }
            assertThat(Reason.ORDER.compare(rows.get(at), rows.get(at))).isZero();
        }
    }

    @Property(tries = 500)
    void theOrderOfWhatIsPassedInHasNoInfluence(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tasks) {
        Random random = new Random(seed);
        Corpus corpus = Corpus.random(random, tasks);
        Board board = corpus.board();
        Board other = corpus.shuffled(random).board();
        assertThat(other.next(5)).isEqualTo(board.next(5));
        assertThat(other.hidden(5)).isEqualTo(board.hidden(5));
        assertThat(other.nextUp()).isEqualTo(board.nextUp());
        assertThat(other.counts()).isEqualTo(board.counts());
    }

    @Property(tries = 500)
    void aPartShowsTheRowsThatConcernIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int tasks) {
        Random random = new Random(seed);
        Board board = Corpus.random(random, tasks).board();
        int inside = random.nextInt(tasks + 1);
        Predicate<Id> scope = id -> id.low() < inside;
        assertThat(board.within(scope).next(tasks)).isEqualTo(board.next(tasks).stream()
                .filter(row -> scope.test(row.task().id()) || row.unblocks().stream().anyMatch(scope)).toList());
        assertThat(board.within(id -> true).hidden(3)).isEqualTo(board.hidden(3));
        assertThat(board.within(id -> true).counts()).isEqualTo(board.counts());
    }

    @Property(tries = 1000)
    void whatCannotBeARowMayBeLeftOut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tasks,
            @ForAll @IntRange(max = 9) int limit) {
        Corpus corpus = Corpus.random(new Random(seed), tasks);
        Set<Id> named = corpus.blocks().stream().flatMap(each -> Stream.of(each.blocker(), each.blocked())).collect(Collectors.toSet());
        List<Candidate> others = corpus.open().stream().filter(task -> !named.contains(task.id())).toList();
        List<Candidate> passed = new ArrayList<>(corpus.open());
        passed.removeAll(others);
        passed.addAll(Board.of(others, List.of(), Notation.NOW).next(limit).stream().map(Row::task).toList());
        assertThat(Board.of(passed, corpus.blocks(), Notation.NOW).next(limit)).isEqualTo(corpus.board().next(limit));
    }

    private static int firstDifference(String place, String other) {
        String[] parts = place.split(" ");
        String[] others = other.split(" ");
        int at = 0;
        while (parts[at].equals(others[at])) {
            at++;
        }
        return at;
    }
}
