package dev.heph.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is to happen, made of a seed. A part of its steps is a plan as well: that is how a failure is made small.
 *
 * @param peers how many replicas there are
 * @param hub whether the first of them only relays, and the others speak to it alone
 * @param spare how many of them are not there before one is copied, the last ones; backups of others may come back
 * @param unknown what the version of some of them does not know at first
 * @param faults whether the network loses things, processes are killed and clocks are wrong
 */
record Plan(long seed, int peers, boolean hub, int spare, Later unknown, boolean faults, List<Step> steps) {
    private static final List<Integer> USUAL_PEERS = List.of(2, 2, 2, 2, 3, 3, 3, 4);

    private static final int MOST = 20;
    private static final int MOST_SPARE = 2;

    private static final int BEGINNING = 10;
    private static final int END = 4;

    static Plan of(long seed, int fewest, int most) {
        Dice dice = new Dice(seed, 0);
        int count = fewest + dice.upTo(most - fewest + 1);
        boolean crowd = dice.oneIn(50);
        int peers = crowd ? 5 + dice.upTo(16) : dice.of(USUAL_PEERS);
        boolean hub = peers > 2 && dice.oneIn(2);
        boolean faults = !dice.oneIn(4);
        // Two histories of one id need a place where all meet: "devices" in docs/design/merge.md.
        int spare = hub && peers <= MOST - MOST_SPARE && !dice.oneIn(4) ? 1 + dice.upTo(MOST_SPARE) : 0;
        Later unknown = dice.oneIn(4) ? dice.of(List.of(Later.values())) : Later.NOTHING;
        peers += spare;
        Plan plan = new Plan(seed, peers, hub, spare, unknown, faults, List.of());
        List<Step> steps = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            steps.add(plan.step(new Dice(seed, -number), number, steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast())));
        }
        // In the end some of them settle what they disagree on.
        for (int number = count + 1; number <= count + END; number++) {
            Dice peer = new Dice(seed, -number);
            steps.add(new Step(number, (hub ? 1 : 0) + peer.upTo(peers - (hub ? 1 : 0)), number == count + 1 ? Act.SETTLE : Act.SETTLE_CONFLICT));
        }
        return plan.with(steps);
    }

    private Step step(Dice dice, int number, Optional<Step> before) {
        // When all have the same to begin with, what they do apart is about the same things.
        Act act = number == BEGINNING ? Act.SETTLE : Act.any(dice, number < BEGINNING);
        // What is done on copies matters most.
        boolean onCopy = copies() && dice.oneIn(3);
        int peer = onCopy ? peers - 1 - dice.upTo(spare) : hub && !act.isOfNetwork() ? 1 + dice.upTo(peers - 1) : dice.upTo(peers);
        Optional<Act> follows = before.flatMap(one -> one.act().followedBy()).filter(any -> dice.oneIn(2));
        if (number > BEGINNING && before.isPresent() && dice.oneIn(6)) {
            return new Step(number, peer, ofDevices(dice).orElse(act));
        }
        return follows.map(next -> new Step(number, switch (next) {
            case REDO -> before.get().peer();
            case MOVE_PROJECT -> another(before.get().peer(), peers, hub);
            default -> peer;
        }, next)).orElse(new Step(number, peer, act));
    }

    private Optional<Act> ofDevices(Dice dice) {
        List<Act> acts = new ArrayList<>(copies() ? List.of(Act.COPY, Act.BACK_UP, Act.COME_BACK) : List.of());
        if (unknown != Later.NOTHING) {
            acts.add(Act.UPGRADE);
        }
        return acts.isEmpty() ? Optional.empty() : Optional.of(dice.of(acts));
    }

    /** Whether devices are copied, or come back from a backup. */
    boolean copies() {
        return spare > 0;
    }

    private static int another(int peer, int peers, boolean hub) {
        int first = hub ? 1 : 0;
        return first + (peer - first + 1) % (peers - first);
    }

    Plan with(List<Step> some) {
        return new Plan(seed, peers, hub, spare, unknown, faults, some);
    }

    Dice dice(Step step) {
        return new Dice(seed, step.number());
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + peers + " replicas" + (hub ? ", the first a hub" : "") + (copies() ? ", " + spare + " to be copies" : "")
                + (unknown == Later.NOTHING ? "" : ", some not knowing " + unknown) + (faults ? "" : ", nothing fails") + ", "
                + steps.size() + " steps";
    }
}
