package dev.heph.simulator;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Head;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What people were told is done: the simulator's own account of it, beside everything that the product keeps. */
final class Ledger {
    private final Map<DeviceId, Head> acknowledged = new HashMap<>();
    private final Map<Id, Set<String>> typed = new HashMap<>();
    private final Map<Id, Set<String>> removed = new HashMap<>();
    private final Set<Id> closed = new HashSet<>();
    private final Set<String> ticked = new HashSet<>();
    private long ops;

    void acknowledge(DeviceId device, Head head, long count) {
        acknowledged.put(device, head);
        ops += count;
    }

    Map<DeviceId, Head> acknowledged() {
        return acknowledged;
    }

    /** Up to where a device was told that its log is saved. */
    Head acknowledged(DeviceId device) {
        return acknowledged.getOrDefault(device, Head.START);
    }

    /** How many ops were acknowledged. */
    long ops() {
        return ops;
    }

    void type(Id text, Collection<String> words) {
        typed.computeIfAbsent(text, any -> new HashSet<>()).addAll(words);
    }

    void remove(Id text, Collection<String> words) {
        removed.computeIfAbsent(text, any -> new HashSet<>()).addAll(words);
    }

    Set<Id> texts() {
        return typed.keySet();
    }

    /** The words that have to be in a text: what was typed into it and nobody removed. */
    Set<String> expected(Id text) {
        Set<String> expected = new HashSet<>(typed.getOrDefault(text, Set.of()));
        expected.removeAll(removed.getOrDefault(text, Set.of()));
        return expected;
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
