package dev.heph.simulator;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code simulator/run SEED}: what happens with this seed, and, when something does not hold, the fewest steps that lead there.
 * {@code simulator/run SEED COUNT}: so many seeds from there on.
 */
public final class Main {
    private static final int USAGE = 64;

    private Main() {}

    public static void main(String[] arguments) {
        boolean isLong = Stream.of(arguments).anyMatch("--long"::equals);
        long[] numbers = Stream.of(arguments).filter(argument -> argument.matches("\\d{1,18}")).mapToLong(Long::parseLong).toArray();
        if (numbers.length < 1 || numbers.length > 2 || numbers.length + (isLong ? 1 : 0) != arguments.length) {
            System.err.println("usage: simulator/run SEED [COUNT] [--long]");
            System.exit(USAGE);
        }
        System.exit(numbers.length == 1 ? one(Seeds.plan(numbers[0], isLong)) : many(numbers[0], numbers[1], isLong));
    }

    private static int one(Plan plan) {
        try (Stores stores = new Stores()) {
            Simulation.Outcome outcome = Simulation.run(plan, stores, Meddling.NONE);
            System.out.println(outcome.isWell() ? script(outcome) + "\nall is well: " + outcome.ops() + " ops" : failure(outcome, stores, Meddling.NONE));
            return outcome.isWell() ? 0 : 1;
        }
    }

    private static int many(long first, long count, boolean isLong) {
        Seeds.Report report = Seeds.run(first, count, isLong);
        report.failures().forEach(failure -> System.out.println(failure + "\n"));
        System.out.println(report);
        System.out.println(report.tally());
        return report.failures().isEmpty() ? 0 : 1;
    }

    /** A failure as people read it: what does not hold, and the shortest way there. */
    static String failure(Simulation.Outcome outcome, Stores stores, Meddling meddling) {
        Plan least = Shrink.of(outcome.plan(), plan -> !Simulation.run(plan, stores, meddling).isWell());
        Simulation.Outcome shrunk = Simulation.run(least, stores, meddling);
        return outcome.plan() + "\n    " + outcome.broken() + "\nThe same with less:\n" + script(shrunk) + "\n    " + shrunk.broken();
    }

    private static String script(Simulation.Outcome outcome) {
        return outcome.plan() + outcome.told().stream().map(line -> "\n" + line).collect(Collectors.joining());
    }
}
