package dev.heph.simulator;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything that is to happen, made of a seed. A part of its steps is a plan as well: that is how a failure is made small.
 *
 * @param peers how many replicas there are
 * @param hub whether the first of them only relays, and the others speak to it alone
 * @param faults whether the network loses things, processes are killed and clocks are wrong
 */
record Plan(long seed, int peers, boolean hub, boolean faults, List<Step> steps) {
    private static final List<Integer> USUAL_PEERS = List.of(2, 2, 2, 2, 3, 3, 3, 4);

    private static final int BEGINNING = 10;

    static Plan of(long seed, int fewest, int most) {
        Dice dice = new Dice(seed, 0);
        int count = fewest + dice.upTo(most - fewest + 1);
        boolean crowd = dice.oneIn(50);
        int peers = crowd ? 5 + dice.upTo(16) : dice.of(USUAL_PEERS);
        boolean hub = peers > 2 && dice.oneIn(2);
        boolean faults = !dice.oneIn(4);
        List<Step> steps = IntStream.rangeClosed(1, count).mapToObj(number -> step(seed, number, peers)).toList();
        return new Plan(seed, peers, hub, faults, steps);
    }

    private static Step step(long seed, int number, int peers) {
        Dice dice = new Dice(seed, -number);
        return new Step(number, dice.upTo(peers), Act.any(dice, number <= BEGINNING));
    }

    Plan with(List<Step> some) {
        return new Plan(seed, peers, hub, faults, some);
    }

    Dice dice(Step step) {
        return new Dice(seed, step.number());
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + peers + " replicas" + (hub ? ", the first a hub" : "") + (faults ? "" : ", nothing fails") + ", "
                + steps.size() + " steps";
    }
}
