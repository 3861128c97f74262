package dev.heph.simulator;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Head;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people were told is done: the simulator's own account of it, beside everything that the product keeps. */
final class Ledger {
    private record End(DeviceId device, Head head) {}

    private final Map<Integer, End> ends = new HashMap<>();
    private final Map<Id, Long> acknowledged = new TreeMap<>();
    private final Map<Id, Map<Id, Set<String>>> typed = new HashMap<>();
    private final Map<Id, Map<Id, Set<String>>> removed = new HashMap<>();
    private final Map<Id, Map<Id, Set<String>>> thinned = new HashMap<>();
    private final Set<Id> closed = new HashSet<>();
    private final Set<String> ticked = new HashSet<>();
    private long ops;

    /** @param counts of each action, how many ops it has */
    void acknowledge(Peer peer, Map<Id, Long> counts) {
        counts.forEach((action, count) -> acknowledged.merge(action, count, Long::sum));
        ops += counts.values().stream().mapToLong(Long::longValue).sum();
        end(peer, peer.end());
    }

    private void end(Peer peer, Head head) {
        ends.put(peer.index(), new End(peer.device(), head));
    }

    /**
     * Up to where a device was told that its log is saved. Under an id that is new to it that is all it has; also under one of which it was told
     * nothing yet, for a copy that shares it may have written.
     */
    Head end(Peer peer) {
        End end = ends.computeIfAbsent(peer.index(), first -> new End(peer.device(), Head.START));
        if (!end.device().equals(peer.device()) || end.head().equals(Head.START)) {
            end(peer, peer.end());
        }
        return ends.get(peer.index()).head();
    }

    void copied(Peer peer, Peer copy) {
        end(copy, peer.end());
    }

    /** What nobody has any longer is lost, and nobody is to blame. @param before what the actions were of which the one that came back has less now */
    void cameBack(Peer backup, List<Peer> peers, Map<Id, Long> before) {
        end(backup, backup.end());
        Set<Id> there = new HashSet<>();
        peers.forEach(peer -> there.addAll(peer.actions().keySet()));
        acknowledged.keySet().retainAll(there);
        Map<Id, Long> now = backup.actions();
        before.forEach((action, count) -> { // two copies that undo the same do it as one action, each with a bundle of its own
            if (now.getOrDefault(action, 0L) < count) {
                Map<String, Long> bundles = new HashMap<>();
                peers.forEach(peer -> bundles.putAll(peer.bundles(action)));
                acknowledged.computeIfPresent(action, (same, all) -> Math.min(all, bundles.values().stream().mapToLong(Long::longValue).sum()));
            }
        });
    }

    /** Of each action that was acknowledged, and has to be there, how many ops it has. */
    Map<Id, Long> acknowledged() {
        return acknowledged;
    }

    /** How many ops were acknowledged. */
    long ops() {
        return ops;
    }

    void type(Id action, Id text, Collection<String> words) {
        note(typed, action, text, words);
    }

    void remove(Id action, Id text, Collection<String> words) {
        note(removed, action, text, words);
    }

    /** Of words that stood there several times it took some out. */
    void thin(Id action, Id text, Collection<String> words) {
        note(thinned, action, text, words);
    }

    private static void note(Map<Id, Map<Id, Set<String>>> where, Id action, Id text, Collection<String> words) {
        where.computeIfAbsent(text, any -> new HashMap<>()).computeIfAbsent(action, any -> new HashSet<>()).addAll(words);
    }

    Set<Id> texts() {
        return typed.keySet();
    }

    /**
     * The words that have to be in a text: what these actions typed into it and none of them removed, nor two of them together. Two who bring the
     * same file in, or settle otherwise what others moved, have words twice; who takes the one out, and who the other, are both in their right.
     */
    Set<String> expected(Id text, Set<Id> actions) {
        Set<String> expected = of(typed, text, actions).collect(Collectors.toSet());
        of(removed, text, actions).forEach(expected::remove);
        Set<String> once = new HashSet<>();
        of(thinned, text, actions).filter(word -> !once.add(word)).forEach(expected::remove);
        return expected;
    }

    private static Stream<String> of(Map<Id, Map<Id, Set<String>>> where, Id text, Set<Id> actions) {
        return where.getOrDefault(text, Map.of()).entrySet().stream().filter(some -> actions.contains(some.getKey())).flatMap(some -> some.getValue().stream());
    }

    void close(Id occurrence) {
        closed.add(occurrence);
    }

    boolean wasClosed(Id occurrence) {
        return closed.contains(occurrence);
    }

    /** @param mark the name of its register, in which the occurrence is */
    void tick(Id text, String mark) {
        ticked.add(text + " " + mark);
    }

    boolean wasTicked(Id text, String mark) {
        return ticked.contains(text + " " + mark);
    }
}
