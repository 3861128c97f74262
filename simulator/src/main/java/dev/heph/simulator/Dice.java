package dev.heph.simulator;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/** The random choices of one step. They follow from the seed and the step's number, so a step chooses the same when others are left out. */
final class Dice {
    private final SplittableRandom random;
    private final long favourite;

    Dice(long seed, long number) {
        favourite = mixed(seed);
        random = new SplittableRandom(mixed(seed ^ mixed(number)));
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    long bits() {
        return random.nextLong();
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /**
     * One of several things that are there for now. Which one depends on their names, not on how many there are: it stays the same when
     * others come or go. Every other time it is the one that everybody likes best, so that they meet.
     */
    <T> Optional<T> pick(Collection<T> from, ToLongFunction<T> name) {
        long any = random.nextLong();
        long choice = oneIn(2) ? favourite : any;
        return from.stream().min(Comparator.comparingLong(one -> mixed(choice ^ name.applyAsLong(one))));
    }

    /** MurmurHash3's finaliser: every bit depends on every other. */
    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
