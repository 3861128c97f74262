package dev.heph.simulator;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.op.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Carries out a plan, from the first step to the end at which all meet, and looks whether what must hold does. */
final class Simulation {
    private static final Set<Reason> REFUSALS = Set.of(Reason.INVALID_PARAMS, Reason.NOT_FOUND, Reason.AMBIGUOUS, Reason.CONFLICT, Reason.TOO_LARGE);
    private static final long MINUTE = 60_000;
    private static final long YEAR = 365 * 24 * 60 * MINUTE;

    private final Plan plan;
    private final Stores stores;
    private final Meddling meddling;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final List<String> told = new ArrayList<>();
    private final Desk desk = new Desk();
    private final Map<Act, Deed> deeds = Deeds.with(desk);
    private final List<Peer> peers = new ArrayList<>();
    private final Map<Integer, Peer> backups = new HashMap<>();
    private final long[] skews;
    private final Network network;
    private final Settled settled;

    private Simulation(Plan plan, Stores stores, Meddling meddling) {
        this.plan = plan;
        this.stores = stores;
        this.meddling = meddling;
        IntStream.range(0, plan.peers() - plan.spare()).mapToObj(index -> new Peer(index, stores.lend())).forEach(peers::add);
        peers.forEach(this::meddle);
        peers.stream().filter(peer -> peer.index() % 2 == 1).forEach(peer -> peer.later(plan.unknown()));
        skews = new long[plan.peers()];
        network = new Network(plan, peers, meddling);
        settled = new Settled(peers, ledger);
    }

    private void meddle(Peer peer) {
        meddling.inDatabaseOf(peer.index()).forEach(sql -> peer.tx().run(sql));
    }

    /**
     * What came of a plan.
     *
     * @param broken what does not hold; empty when all is well
     * @param told what happened, a line for each step
     * @param ops how many ops were written, and on all replicas together applied
     */
    record Outcome(Plan plan, String broken, List<String> told, long ops, long applied, Tally tally) {
        boolean isWell() {
            return broken.isEmpty();
        }
    }

    static Outcome run(Plan plan, Stores stores, Meddling meddling) {
        int lent = stores.lent();
        String broken = "";
        Simulation simulation = null;
        try {
            simulation = new Simulation(plan, stores, meddling);
            simulation.run();
        } catch (Broken found) {
            broken = found.getMessage();
        } catch (RuntimeException defect) {
            broken = defect + at(defect);
        } finally {
            stores.takeBack(stores.lent() - lent);
        }
        long ops = simulation == null ? 0 : simulation.ledger.ops();
        return new Outcome(plan, broken, simulation == null ? List.of() : simulation.told, ops, ops * plan.peers(), simulation == null ? new Tally() : simulation.tally);
    }

    private static String at(RuntimeException defect) {
        StringBuilder at = new StringBuilder();
        for (StackTraceElement element : defect.getStackTrace()) {
            if (element.getClassName().startsWith("dev.heph") && at.length() < 400) {
                at.append("\n        at ").append(element);
            }
        }
        return at.toString();
    }

    private void run() {
        plan.steps().forEach(this::run);
        Step last = new Step(plan.steps().isEmpty() ? 1 : plan.steps().getLast().number() + 1, 0, Act.SETTLE);
        Dice dice = plan.dice(last);
        peers.forEach(any -> any.at(Math.max(0, last.millis() + skews[any.index()]), dice));
        peers.forEach(peer -> upgrade(last, peer));
        settle(last, dice);
        if (plan.seed() % 8 == 0) {
            tell(last, "");
            settled.checkRebuild(dice, stores.lend().tx());
        }
    }

    private void run(Step step) {
        if (step.peer() >= peers.size()) {
            return; // not there yet
        }
        Dice dice = plan.dice(step);
        Peer peer = peers.get(step.peer());
        peers.forEach(any -> any.at(Math.max(0, step.millis() + skews[any.index()]), dice));
        switch (step.act()) {
            case EXCHANGE -> exchange(step, peer, network.partner(peer, dice));
            case SEND -> send(step, peer, network.partner(peer, dice), 1 + dice.upTo(4));
            case DELIVER -> tell(step, network.deliver(dice, plan.faults(), tally));
            case PARTITION -> {
                network.partition(plan.faults() ? dice.bits() : 0);
                tell(step, "lines are cut");
            }
            case HEAL -> {
                network.partition(0);
                tell(step, "lines are well again");
            }
            case CLOCK -> {
                skews[step.peer()] = plan.faults() ? skew(dice) : 0;
                tell(step, peer.name() + "'s clock is wrong by " + skews[step.peer()] / MINUTE + " minutes");
            }
            case RESTART -> {
                peer.restart();
                tell(step, peer.name() + " restarts");
            }
            case SETTLE -> settle(step, dice);
            case COPY -> copy(step, peer);
            case BACK_UP -> backUp(step, peer);
            case COME_BACK -> dice.pick(backups.values(), Peer::index).ifPresent(backup -> comeBack(step, dice, backup));
            case UPGRADE -> upgrade(step, peer);
            default -> act(step, peer, dice);
        }
    }

    /** The hub only relays: what it has, others have. */
    private void copy(Step step, Peer peer) {
        if (peer.index() > 0 && peers.size() < plan.peers()) {
            Peer copy = peer.copy(peers.size(), stores.lend());
            meddle(copy);
            copy.begin(peer.later());
            peers.add(copy);
            ledger.copied(peer, copy);
            desk.copied(peer, copy);
            tally.count(step.act().name());
            tell(step, peer.name() + " is copied: " + copy.name());
        }
    }

    private void backUp(Step step, Peer peer) {
        if (peer.index() > 0) {
            backups.put(peer.index(), peer.copy(peer.index(), stores.lend()));
            tell(step, peer.name() + " is backed up");
        }
    }

    private void comeBack(Step step, Dice dice, Peer backup) {
        backups.remove(backup.index());
        backup.at(Math.max(0, step.millis() + skews[backup.index()]), dice);
        meddle(backup);
        backup.begin(peers.get(backup.index()).later());
        boolean byHand = dice.oneIn(2) || peers.stream().anyMatch(other -> other.index() != backup.index()
                && (other.device().equals(backup.device()) || other.differsFrom(backup)));
        if (byHand) {
            desk.closed(backup);
        } else {
            backup.restored();
        }
        Map<Id, Long> before = peers.get(backup.index()).actions();
        peers.set(backup.index(), backup);
        network.isNew(backup);
        ledger.cameBack(backup, peers, before);
        tally.count(byHand ? step.act().name() : "RESTORED");
        tell(step, backup.name() + " comes back from its backup" + (byHand ? ", its files copied by hand" : ""));
    }

    private void upgrade(Step step, Peer peer) {
        if (peer.later() != Later.NOTHING) {
            if (meddling.readsAgain()) {
                peer.begin(Later.NOTHING);
            } else {
                peer.later(Later.NOTHING);
            }
            tally.count(Act.UPGRADE.name());
            tell(step, peer.name() + " takes a newer heph");
        }
    }

    private static long skew(Dice dice) {
        return switch (dice.upTo(6)) {
            case 0 -> 0;
            case 1 -> (dice.upTo(11) - 5) * MINUTE;
            case 2 -> -60 * MINUTE;
            case 3 -> -Step.FIRST;
            case 4 -> 10 * YEAR;
            default -> -dice.upTo(1000);
        };
    }

    private void exchange(Step step, Peer one, Peer other) {
        if (!network.isDead(one, other)) {
            tell(step, one.name() + " and " + other.name() + " meet: " + network.exchange(one, other));
        }
    }

    private void send(Step step, Peer from, Peer to, int most) {
        int sent = network.send(step, from, to, most);
        if (sent > 0) {
            tell(step, from.name() + " sends " + sent + " bundles to " + to.name());
        }
    }

    private void settle(Step step, Dice dice) {
        tell(step, "all meet");
        peers.forEach(any -> any.at(Math.max(0, step.millis() + skews[any.index()]), dice));
        network.settle();
        settled.check(dice);
        settled.conflicts().forEach(kind -> tally.count("conflict " + kind));
        peers.forEach(peer -> tally.count("took " + peer.ids() + " new ids"));
    }

    /** A process is killed before or after its transaction ends. */
    private enum Fate { FINE, KILLED_BEFORE, KILLED_AFTER }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private void act(Step step, Peer peer, Dice dice) {
        int chance = dice.upTo(30);
        Fate fate = !plan.faults() || chance > 1 ? Fate.FINE : chance == 0 ? Fate.KILLED_BEFORE : Fate.KILLED_AFTER;
        Work[] work = new Work[1];
        try {
            peer.transact(tx -> {
                work[0] = new Work(peer, tx, step, dice, meddling, ledger);
                deeds.get(step.act()).run(work[0]);
                work[0].review();
                if (fate == Fate.KILLED_BEFORE && !meddling.isDurable()) {
                    work[0].acknowledge();
                }
                if (fate == Fate.KILLED_BEFORE) {
                    throw new Killed();
                }
                return null;
            });
            work[0].acknowledge();
            tally.count(work[0].told().isEmpty() ? step.act() + " (nothing to do)" : step.act().name());
            tell(step, work[0].told().isEmpty() ? "" : peer.name() + " " + work[0].told() + (fate == Fate.KILLED_AFTER ? " — and is killed after" : ""));
        } catch (HephException refused) {
            Broken.unless(REFUSALS.contains(refused.reason()), "%s %s: %s", peer.name(), work[0].told(), refused.getMessage());
            tally.count(step.act() + " (refused)");
            tell(step, peer.name() + " " + work[0].told() + " — refused: " + refused.getMessage());
        } catch (Killed killed) {
            tell(step, peer.name() + " " + work[0].told() + " — and is killed before it is saved");
        } catch (RuntimeException defect) {
            tell(step, peer.name() + " " + (work[0] == null ? "" : work[0].told()) + " — fails");
            throw defect;
        }
        if (fate != Fate.FINE) {
            peer.restart();
            Head head = peer.replica().devices().head(peer.tx(), peer.device());
            Broken.unless(ledger.end(peer).equals(head), "%s was killed, and its log ends at %s", peer.name(), head);
        }
    }

    private void tell(Step step, String what) {
        if (!what.isEmpty()) {
            told.add(String.format("%4d  %s", step.number(), what));
        }
    }
}
