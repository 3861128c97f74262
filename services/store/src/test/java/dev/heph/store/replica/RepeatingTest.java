package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.checklist.Box;
import dev.heph.model.id.Id;
import dev.heph.model.recur.Closed;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Outcome;
import dev.heph.store.command.OccurrenceCommands.Repeating;
import dev.heph.store.query.Recurring.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A recurring task on two devices, apart and together, whatever is done with it; jqwik prints the seed that fails. */
class RepeatingTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final int STEPS = 60;
    private static final List<String> RULES = List.of("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=-1",
            "FREQ=HOURLY;INTERVAL=12", "FREQ=DAILY;COUNT=9", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");

    private Instant now = START;

    private static Repeating rule(Random random) {
        String start = "2026-11-" + (14 + random.nextInt(10)) + (random.nextBoolean() ? "" : "T09:00");
        return new Repeating(RULES.get(random.nextInt(RULES.size())), random.nextInt(4) == 0, Optional.of(start), Optional.of(policy(random)));
    }

    private static String policy(Random random) {
        return Missed.values()[random.nextInt(Missed.values().length)].word();
    }

    @Property(tries = 8)
    void noneBeginsWithADoneItemAndBothShowTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        try (RepeatingSide one = new RepeatingSide(1, () -> now); RepeatingSide two = new RepeatingSide(2, () -> now)) {
            Id task = one.create(rule(random));
            one.writes(task, "- [ ] a\n- [ ] b\n");
            RepeatingSide.exchange(one, two);
            Set<Id> ticked = new HashSet<>();
            for (int step = 0; step < STEPS; step++) {
                RepeatingSide actor = random.nextBoolean() ? one : two;
                deed(actor, task, random, ticked);
                if (random.nextInt(6) == 0) {
                    RepeatingSide.exchange(one, two);
                    assertThat(one.shown(task)).as("step %d", step).isEqualTo(two.shown(task));
                }
                for (RepeatingSide side : List.of(one, two)) {
                    Optional<Due> stands = side.due(task).filter(due -> !ticked.contains(due.occurrence().id()));
                    stands.ifPresent(due -> assertThat(side.list(task, due.occurrence().id())).noneMatch(Box::done));
                    stands.ifPresent(due -> assertThat(side.body(task)).doesNotContain("[x]"));
                    Set<Id> ids = new HashSet<>();
                    assertThat(side.definition(task).closed()).as("closed once").extracting(Closed::id).allMatch(ids::add);
                }
            }
            RepeatingSide.exchange(one, two);
            assertThat(one.shown(task)).isEqualTo(two.shown(task));
            assertThat(one.replica.digest()).isEqualTo(two.replica.digest());
        }
    }

    private void deed(RepeatingSide actor, Id task, Random random, Set<Id> ticked) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> actor.closes(task, Outcome.values()[random.nextInt(3)]);
            case 3 -> actor.does(task, (occurrences, meant) -> occurrences.reopen(meant));
            case 4 -> actor.does(task, (occurrences, meant) -> occurrences.repeat(task, rule(random)));
            case 5 -> actor.does(task, (occurrences, meant) -> occurrences.missed(task, policy(random)));
            case 6 -> actor.does(task, (occurrences, meant) ->
                    occurrences.reschedule(meant, Optional.of("2026-12-" + (10 + random.nextInt(9))), Optional.empty()));
            case 7 -> actor.writes(task, actor.body(task).replace("b", "b" + random.nextInt(9)) + "- [ ] c" + random.nextInt(9) + "\n");
            case 8, 9 -> {
                shown(actor, task).ifPresent(ticked::add);
                actor.writes(task, actor.body(task).replaceFirst("\\[ ]", "[x]"));
            }
            case 10 -> now = now.plus(Duration.ofHours(random.nextInt(24 * 20)));
            default -> now = now.minus(Duration.ofHours(random.nextInt(48)));
        }
    }

    /** Whose list is ticked: where the task stands, or when its rule has ended the one that was closed last. */
    private static Optional<Id> shown(RepeatingSide side, Id task) {
        return side.due(task).map(due -> due.occurrence().id()).or(() -> side.definition(task).occurrences().lastClosed().map(Closed::id));
    }

    @Property(tries = 8)
    void whatIsDoneOnBothIsDoneOnce(@ForAll long seed) {
        Random random = new Random(seed);
        try (RepeatingSide one = new RepeatingSide(1, () -> now); RepeatingSide two = new RepeatingSide(2, () -> now)) {
            Id task = one.create(rule(random));
            RepeatingSide.exchange(one, two);
            List<Id> closedApart = new ArrayList<>();
            for (int at = 0; at < 6; at++) {
                assertThat(one.due(task)).as("they have not met since").isEqualTo(two.due(task));
                one.due(task).ifPresent(due -> closedApart.add(due.occurrence().id()));
                boolean sameDay = one.definition(task).recurrence().afterDone() || random.nextBoolean();
                one.closes(task, Outcome.DONE);
                Instant before = now;
                now = sameDay ? now : now.plus(Duration.ofHours(1));
                two.closes(task, random.nextBoolean() ? Outcome.DONE : Outcome.DROPPED);
                now = before.plus(Duration.ofDays(random.nextInt(10)));
            }
            RepeatingSide.exchange(one, two);
            assertThat(one.definition(task).closed()).extracting(Closed::id).containsExactlyInAnyOrderElementsOf(closedApart);
            assertThat(one.shown(task)).isEqualTo(two.shown(task));
        }
    }

    @Test
    void tenYearsOfDaysWriteNothing() {
        try (RepeatingSide side = new RepeatingSide(1, () -> now)) {
            Id task = side.create(new Repeating("FREQ=DAILY", false, Optional.of("2026-11-21"), Optional.of("all")));
            long before = side.ops();
            for (int quarter = 0; quarter < 40; quarter++) {
                now = now.plus(Duration.ofDays(91));
                assertThat(side.shown(task)).contains("2026-11-21");
            }
            assertThat(side.ops()).isEqualTo(before);
            side.closes(task, Outcome.DONE);
            assertThat(side.ops()).as("the occurrence, its state and when").isEqualTo(before + 3);
        }
    }
}
