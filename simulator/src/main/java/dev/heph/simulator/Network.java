package dev.heph.simulator;

import dev.heph.error.HephException;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Head;
import dev.heph.model.op.Segment;
import dev.heph.model.op.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies between the replicas: messages under way, that may be lost, doubled, overtaken, cut or altered, and lines that are dead. */
final class Network {
    private static final int ALL = Integer.MAX_VALUE;

    private record Line(int from, int to) {}

    private record UnderWay(int step, Line line, Message message) {}

    private final Plan plan;
    private final List<Peer> peers;
    private final Meddling meddling;
    private final List<UnderWay> underWay = new ArrayList<>();
    private final Map<Line, Map<DeviceId, Long>> confirmed = new HashMap<>();
    private long partition;

    Network(Plan plan, List<Peer> peers, Meddling meddling) {
        this.plan = plan;
        this.peers = peers;
        this.meddling = meddling;
    }

    /** With a hub, every line leads to it. */
    Peer partner(Peer peer, Dice dice) {
        int choice = dice.upTo(peers.size() - 1);
        if (plan.hub() && peer.index() != 0) {
            return peers.getFirst();
        }
        return peers.get(choice < peer.index() ? choice : choice + 1);
    }

    /** Cuts some of the replicas off from the others. */
    void partition(long sides) {
        partition = sides;
    }

    boolean isDead(Peer one, Peer other) {
        return (partition >> one.index() & 1) != (partition >> other.index() & 1);
    }

    /** Sends what the other lacks, as far as this one was told. @return how many bundles */
    int send(Step step, Peer from, Peer to, int most) {
        Line line = new Line(from.index(), to.index());
        List<Segment> segments = from.beyond(confirmed.getOrDefault(line, Map.of()), most);
        segments.forEach(segment -> underWay.add(new UnderWay(step.number(), line, Message.of(segment))));
        return segments.stream().mapToInt(segment -> segment.bundles().size()).sum();
    }

    /** Something that is under way arrives, or does not. @return what happened, for people */
    String deliver(Dice dice, boolean faults, Tally tally) {
        List<UnderWay> arriving = underWay.stream().filter(one -> !isDead(peers.get(one.line().from()), peers.get(one.line().to()))).toList();
        return dice.pick(arriving, one -> one.step() * 31L + one.line().to()).map(one -> deliver(one, dice, faults, tally)).orElse("");
    }

    private String deliver(UnderWay one, Dice dice, boolean faults, Tally tally) {
        Peer from = peers.get(one.line().from());
        Peer to = peers.get(one.line().to());
        int fate = faults ? dice.upTo(10) : 9;
        String what = "what " + from.name() + " sent at step " + one.step() + " reaches " + to.name();
        if (fate != 0) {
            underWay.remove(one);
        }
        tally.count("message " + (fate == 0 ? "doubled" : fate == 1 ? "lost" : fate == 2 ? "cut" : fate == 3 ? "altered" : "whole"));
        return switch (fate) {
            case 0 -> what + " and will once more, " + take(to, one.message());
            case 1 -> what + " never";
            case 2 -> what + " cut: " + take(to, one.message().truncated(dice));
            case 3 -> what + " altered: " + take(to, one.message().corrupted(dice));
            default -> {
                String taken = take(to, one.message());
                if (!faults || !dice.oneIn(3)) {
                    confirmed.put(one.line(), from.common(to));
                }
                yield what + ", " + taken;
            }
        };
    }

    private String take(Peer to, Message message) {
        Map<DeviceId, Head> before = to.knows();
        try {
            Segment segment = message.read();
            boolean known = to.has(segment.firstHeader().device(), segment.head());
            to.receive(segment);
            Broken.unless(message.whole(), "%s took a message that was cut or altered on its way", to.name());
            if (known) {
                meddling.cameAgain(to, segment);
            }
            return known ? "which had it" : "and is taken in";
        } catch (WireException | HephException refused) {
            Broken.unless(before.equals(to.knows()), "%s refused a message (%s) and changed", to.name(), refused.getMessage());
            return "and is refused: " + refused.getMessage();
        }
    }

    /** Two replicas meet, and nothing comes between them. @return how many bundles each way */
    String exchange(Peer one, Peer other) {
        return pass(one, other) + " bundles there and " + pass(other, one) + " back";
    }

    private int pass(Peer from, Peer to) {
        int passed = 0;
        for (Segment segment : from.beyond(meddling.common(from, to), ALL)) {
            DeviceId device = segment.firstHeader().device();
            boolean second = !device.equals(to.device()) && to.knows().getOrDefault(device, Head.START).seq() >= segment.firstHeader().firstSeq();
            if (second) {
                offerSecond(to, segment);
            } else {
                to.receive(segment);
                passed += segment.bundles().size();
            }
        }
        return passed;
    }

    /** It is for who wrote it to notice that another one writes under its id; everybody else refuses a second history. */
    private static void offerSecond(Peer to, Segment segment) {
        Map<DeviceId, Head> before = to.knows();
        boolean taken = true;
        try {
            to.receive(segment);
        } catch (WireException | HephException refused) {
            taken = false;
        }
        Broken.unless(!taken && before.equals(to.knows()), "%s took a second history of device %s", to.name(), segment.firstHeader().device());
    }

    /** Another one is there in the place of a replica, or a new one: nobody has told it anything yet. */
    void isNew(Peer peer) {
        confirmed.keySet().removeIf(line -> line.from() == peer.index() || line.to() == peer.index());
    }

    /** Everything that was wrong is over: whoever can speak to each other do so, twice, and then all have everything. */
    void settle() {
        underWay.clear();
        confirmed.clear();
        partition = 0;
        List<Peer> others = peers.subList(1, peers.size());
        others.forEach(this::meetOneBefore);
        others.reversed().forEach(this::meetOneBefore);
        // Who finds out that it is a copy of another one tells what it wrote once more, and may find out again.
        for (int round = 0; plan.copies() && round < peers.size() && !allKnowTheSame(); round++) {
            others.forEach(this::meetOneBefore);
        }
        Map<DeviceId, Head> all = peers.getFirst().knows();
        peers.forEach(peer -> Broken.unless(peer.knows().equals(all), "after two rounds %s knows %s, and %s knows %s",
                peers.getFirst().name(), all, peer.name(), peer.knows()));
    }

    private boolean allKnowTheSame() {
        return peers.stream().map(Peer::knows).distinct().count() == 1;
    }

    private void meetOneBefore(Peer peer) {
        exchange(peers.get(plan.hub() ? 0 : peer.index() - 1), peer);
    }
}
