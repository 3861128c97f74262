package dev.heph.model.recur;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Valid rules with any parts that go together, and starts for them. */
final class RandomRules {
    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    LocalDateTime start() {
        return LocalDateTime.of(1990 + random.nextInt(60), 1, 1, 0, 0).plusDays(random.nextInt(366)).plusSeconds(random.nextInt(Times.DAY));
    }

    String rule() {
        Frequency frequency = Frequency.values()[random.nextInt(10) % 7];
        boolean subDaily = frequency.isSubDaily();
        boolean yearly = frequency == Frequency.YEARLY;
        StringBuilder rule = new StringBuilder("FREQ=" + frequency);
        add(rule, 2, ";INTERVAL=" + (1 + random.nextInt(subDaily ? 40 : 5)));
        int bare = rule.length();
        boolean months = add(rule, 4, ";BYMONTH=" + list(4, () -> 1 + random.nextInt(12)));
        boolean weeks = yearly && add(rule, 6, ";BYWEEKNO=" + list(3, () -> signed(52)));
        if (yearly || subDaily) {
            add(rule, 7, ";BYYEARDAY=" + list(6, () -> signed(366)));
        }
        if (frequency != Frequency.WEEKLY) {
            add(rule, 4, ";BYMONTHDAY=" + list(4, () -> signed(31)));
        }
        add(rule, 3, ";BYDAY=" + weekdays(frequency == Frequency.MONTHLY || yearly && months ? 5 : yearly ? 53 : 0, weeks));
        add(rule, 5, ";BYHOUR=" + list(3, () -> random.nextInt(24)));
        add(rule, 6, ";BYMINUTE=" + list(3, () -> random.nextInt(60)));
        add(rule, 9, ";BYSECOND=" + list(3, () -> random.nextInt(60)));
        if (rule.length() > bare) {
            add(rule, 4, ";BYSETPOS=" + list(2, () -> signed(4)));
        }
        add(rule, 5, ";WKST=" + weekday());
        add(rule, 4, ";COUNT=" + (1 + random.nextInt(20)));
        return rule.toString();
    }

    private boolean add(StringBuilder rule, int oneIn, String part) {
        boolean taken = random.nextInt(oneIn) == 0;
        rule.append(taken ? part : "");
        return taken;
    }

    private String weekdays(int most, boolean plain) {
        return Stream.generate(() -> (most > 0 && !plain && random.nextBoolean() ? String.valueOf(signed(most)) : "") + weekday())
                .limit(1 + random.nextInt(3)).distinct().collect(Collectors.joining(","));
    }

    private String weekday() {
        return DayOfWeek.of(1 + random.nextInt(7)).name().substring(0, 2);
    }

    private String list(int most, IntSupplier number) {
        return IntStream.generate(number).limit(1 + random.nextInt(most)).distinct().mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
    }

    private int signed(int most) {
        return (1 + random.nextInt(most)) * (random.nextBoolean() ? 1 : -1);
    }
}
