package dev.heph.launcher;

import java.time.Duration;

/** How long to wait before a process that died is started again: 100 ms, doubling to 10 s; anew after it lived for a minute. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration WELL = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** The pause after a life of that length. */
    Duration after(Duration lived) {
        Duration pause = lived.compareTo(WELL) >= 0 ? FIRST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
