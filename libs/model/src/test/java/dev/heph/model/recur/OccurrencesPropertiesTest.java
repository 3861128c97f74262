package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.testing.Seed;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random rules; then random closings, reopenings, edits and moves of the clock, also backwards. */
class OccurrencesPropertiesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int LIVES = 150;
    private static final int STEPS = 40;
    private static final Outcome[] OUTCOMES = Outcome.values();

    @Test
    void nothingOpenIsClosedAndNothingClosedIsLost() {
        long first = Seed.next();
        for (long seed = first; seed < first + LIVES; seed++) {
            Random random = new Random(seed);
            Recurrence recurrence = recurrence(random, seed);
            Map<Id, Closed> closed = new HashMap<>();
            ZonedDateTime now = recurrence.start().atZone(BERLIN);
            for (int step = 0; step < STEPS; step++) {
                String what = "%s, step %d, now %s, -Dheph.seed=%d".formatted(recurrence, step, now, seed);
                Occurrences occurrences = new Occurrences(OccurrencesTest.DEFINITION, recurrence, closed.values());
                check(occurrences, recurrence, closed, now, what);
                switch (random.nextInt(6)) {
                    case 0 -> now = now.plusHours(random.nextInt(24 * 90));
                    case 1 -> now = now.minusHours(random.nextInt(48));
                    case 2 -> occurrences.lastClosed().ifPresent(last -> closed.remove(last.id()));
                    case 3 -> recurrence = new Recurrence(recurrence.rule(), recurrence.zone(), recurrence.start(),
                            random.nextInt(4) > 0 ? recurrence.effectiveFrom() : now.toLocalDateTime(), recurrence.afterDone(),
                            Missed.values()[random.nextInt(3)]);
                    default -> {
                        LocalDateTime at = now.toLocalDateTime();
                        occurrences.current(now).ifPresent(open -> closed.put(open.id(),
                                new Closed(open.id(), open.start(), OUTCOMES[random.nextInt(3)], at)));
                    }
                }
            }
        }
    }

    private static void check(Occurrences occurrences, Recurrence recurrence, Map<Id, Closed> closed, ZonedDateTime now, String what) {
        List<Occurrence> active = occurrences.active(now);
        List<Occurrence> coming = occurrences.coming(now).limit(5).toList();
        List<Occurrence> open = new ArrayList<>(active);
        open.addAll(coming);
        assertThat(open).as(what).allSatisfy(one -> assertThat(closed).doesNotContainKey(one.id()));
        assertThat(active).as(what).allSatisfy(one -> assertThat(recurrence.isDue(one.start(), now)).isTrue());
        assertThat(coming).as(what).allSatisfy(one -> assertThat(recurrence.isDue(one.start(), now)).isFalse());
        assertThat(open).as(what).isSortedAccordingTo((one, other) -> one.start().compareTo(other.start()));
        Set<Id> ids = new HashSet<>();
        assertThat(open).as(what).allSatisfy(one -> assertThat(ids.add(one.id())).isTrue());
        List<Past> history = occurrences.history(now, 10_000);
        assertThat(history.stream().filter(past -> past.closed().isPresent()).map(past -> past.occurrence().id())).as(what)
                .containsExactlyInAnyOrderElementsOf(closed.keySet());
        assertThat(history).as(what).allSatisfy(past -> assertThat(ids.add(past.occurrence().id())).isTrue());
        List<Closed> elsewhere = new ArrayList<>(closed.values());
        Collections.reverse(elsewhere);
        Occurrences other = new Occurrences(OccurrencesTest.DEFINITION, recurrence, elsewhere);
        assertThat(other.active(now)).as(what).isEqualTo(active);
        assertThat(other.missed(now)).as(what).isEqualTo(occurrences.missed(now));
    }

    /** Mostly what people have; a tenth of them anything. */
    private static Recurrence recurrence(Random random, long seed) {
        List<String> common = List.of("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY",
                "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;COUNT=12", "FREQ=MONTHLY;BYMONTHDAY=31",
                "FREQ=HOURLY;INTERVAL=6", "FREQ=DAILY;BYHOUR=2");
        Rule rule = Rule.parse(random.nextInt(10) == 0 ? new RandomRules(seed).rule() : common.get(random.nextInt(common.size())));
        LocalDateTime start = LocalDateTime.of(2026, 1, 1, 2, 30).plusDays(random.nextInt(365)).plusMinutes(random.nextInt(1_440));
        return new Recurrence(rule, random.nextBoolean() ? Optional.of(BERLIN) : Optional.empty(), start, start, random.nextInt(3) == 0,
                Missed.values()[random.nextInt(3)]);
    }
}
