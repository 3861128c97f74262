package dev.heph.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a random test starts from. It follows from the test's name, so that a build fails for what was changed and never for what was
 * drawn; {@code ./check --long} draws anew, to find what nobody has met. {@code -Dheph.seed=N} runs one seed again,
 * {@code -Dheph.seed=fresh} draws. A test that is repeated has the next one each time.
 */
public final class Seed {
    private static final StackWalker STACK = StackWalker.getInstance();

    private static final Map<String, Integer> ASKED = new ConcurrentHashMap<>();

    private Seed() {}

    /** The seed of the method that asks. It is printed, because only with it can a failure be had again. */
    public static long next() {
        String asking = STACK.walk(frames -> frames.skip(1).findFirst().map(frame -> frame.getClassName() + '.' + frame.getMethodName()))
                .orElseThrow();
        long seed = of(asking) + ASKED.merge(asking, 1, Integer::sum) - 1;
        System.out.printf("%s: -Dheph.seed=%d%n", asking, seed);
        return seed;
    }

    static long of(String test) {
        String asked = System.getProperty("heph.seed", "");
        return switch (asked) {
            case "" -> test.hashCode();
            case "fresh" -> System.nanoTime();
            default -> Long.parseLong(asked);
        };
    }
}
