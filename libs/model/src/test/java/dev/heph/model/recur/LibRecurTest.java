package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.testing.Seed;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Random rules, ours against a second implementation. */
class LibRecurTest {
    private static final int RULES = 6_000;
    private static final int DATES = 20;
    private static final LocalDateTime END = LocalDateTime.of(2100, 1, 1, 0, 0);

    @Test
    void bothExpandRandomRulesAlike() {
        long seed = Seed.next();
        RandomRules random = new RandomRules(seed);
        int compared = 0;
        for (int i = 0; i < RULES; i++) {
            String rule = random.rule();
            LocalDateTime start = random.start();
            Optional<List<LocalDateTime>> theirs = differs(rule, start) ? Optional.empty() : LibRecur.dates(rule, start, DATES, END);
            if (theirs.isPresent()) {
                List<LocalDateTime> ours = Rule.parse(rule).from(start).stream().limit(DATES)
                        .takeWhile(date -> date.isBefore(END)).toList();
                assertThat(ours).as("%s from %s, -Dheph.seed=%d", rule, start, seed).isEqualTo(theirs.get());
                compared++;
            }
        }
        assertThat(compared).as("rules that it did not give up on, -Dheph.seed=%d", seed).isGreaterThan(RULES / 2);
    }

    /** docs/design/recurrence.md, "where they differ". */
    private static boolean differs(String rule, LocalDateTime start) {
        boolean picksFromAYear = rule.startsWith("FREQ=YEARLY") && rule.contains("BYSETPOS");
        boolean countsBackInYears = rule.matches("FREQ=(HOURLY|MINUTELY|SECONDLY).*BYYEARDAY=[0-9,]*-.*");
        boolean startsInAnotherYear = rule.contains("BYWEEKNO") && (start.getDayOfYear() <= 3 || start.getDayOfYear() >= 363);
        boolean limitsWeeks = rule.contains("BYWEEKNO") && rule.contains("BYMONTH=");
        boolean countsBackInWeeks = rule.matches(".*BYWEEKNO.*BYYEARDAY=[0-9,]*-.*");
        return picksFromAYear || countsBackInYears || startsInAnotherYear || limitsWeeks || countsBackInWeeks;
    }
}
