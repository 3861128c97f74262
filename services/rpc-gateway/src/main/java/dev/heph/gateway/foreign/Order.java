package dev.heph.gateway.foreign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets tasks pass behind what blocks them, however they stand in the file: the store ties a task only to tasks that it
 * has had. Only what still waits is held.
 */
final class Order {
    private final Consumer<ForeignTask> next;
    private final Set<String> passed = new HashSet<>();
    private final Map<String, ForeignTask> held = new LinkedHashMap<>();

    /** Who waits, by one of the keys they wait for. */
    private final Map<String, List<ForeignTask>> waiting = new HashMap<>();

    /** @param next where tasks go on to */
    Order(Consumer<ForeignTask> next) {
        this.next = next;
    }

    /** @return false if there was a task of that key already; then this one goes nowhere */
    boolean add(ForeignTask task) {
        if (passed.contains(task.key()) || held.containsKey(task.key())) {
            return false;
        }
        if (!waits(task)) {
            pass(task);
        }
        return true;
    }

    /**
     * Lets everyone pass who still waits: for a task that did not come, or in a circle.
     *
     * @return how many of them wait for a task that did not come
     */
    int end() {
        Set<String> missing = new HashSet<>();
        int waiters = 0;
        for (ForeignTask task : held.values()) {
            List<String> absent = task.blockedBy().stream().filter(key -> !passed.contains(key) && !held.containsKey(key)).toList();
            missing.addAll(absent);
            waiters += absent.isEmpty() ? 0 : 1;
        }
        passed.addAll(missing);
        missing.forEach(this::release);
        while (!held.isEmpty()) {
            pass(held.values().iterator().next());
        }
        return waiters;
    }

    private boolean waits(ForeignTask task) {
        Optional<String> blocker = task.blockedBy().stream()
                .filter(key -> !passed.contains(key) && !key.equals(task.key()))
                .findFirst();
        blocker.ifPresent(key -> {
            held.put(task.key(), task);
            waiting.computeIfAbsent(key, k -> new ArrayList<>()).add(task);
        });
        return blocker.isPresent();
    }

    private void pass(ForeignTask task) {
        held.remove(task.key());
        passed.add(task.key());
        next.accept(task);
        release(task.key());
    }

    /** Lets those pass who waited for nothing else; a chain of thousands is no recursion. */
    private void release(String first) {
        Deque<String> keys = new ArrayDeque<>(List.of(first));
        while (!keys.isEmpty()) {
            for (ForeignTask task : Optional.ofNullable(waiting.remove(keys.remove())).orElse(List.of())) {
                if (held.containsKey(task.key()) && !waits(task)) {
                    held.remove(task.key());
                    passed.add(task.key());
                    next.accept(task);
                    keys.add(task.key());
                }
            }
        }
    }
}
