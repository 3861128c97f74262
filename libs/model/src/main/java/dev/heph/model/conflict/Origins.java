package dev.heph.model.conflict;

import dev.heph.model.op.OpId;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which ops wrote the characters that others build on: with an op come all that it needs. */
public final class Origins {
    private final Map<OpId, TextEdit> edits = new HashMap<>();
    private final Map<Long, NavigableMap<Long, SortedSet<OpId>>> writers = new HashMap<>();

    public void add(OpId op, TextEdit edit) {
        edits.put(op, edit);
        if (!edit.runs().isEmpty()) {
            writers.computeIfAbsent(edit.client(), client -> new TreeMap<>()).computeIfAbsent(edit.clock(), clock -> new TreeSet<>()).add(op);
        }
    }

    /** These ops and all that they build on, but what is known anyway; of several that wrote the same characters the least. */
    public Set<OpId> with(Collection<OpId> ops, Predicate<OpId> known) {
        Set<OpId> all = new HashSet<>(ops);
        Deque<OpId> next = new ArrayDeque<>(ops);
        while (!next.isEmpty()) {
            OpId op = next.pop();
            for (SortedSet<OpId> writers : edits.containsKey(op) ? needed(edits.get(op)) : Set.<SortedSet<OpId>>of()) {
                if (writers.stream().noneMatch(writer -> known.test(writer) || ops.contains(writer)) && all.add(writers.first())) {
                    next.push(writers.first());
                }
            }
        }
        return all;
    }

    private Set<SortedSet<OpId>> needed(TextEdit edit) {
        Set<SortedSet<OpId>> needed = new HashSet<>();
        for (Run run : edit.runs()) {
            add(needed, run.left());
            add(needed, run.right());
        }
        edit.deletes().forEach(range -> add(needed, range));
        edit.undeletes().stream().map(Undelete::range).forEach(range -> add(needed, range));
        if (edit.clock() > 0) {
            add(needed, new CharId(edit.client(), edit.clock() - 1));
        }
        return needed;
    }

    private void add(Set<SortedSet<OpId>> needed, CharId character) {
        if (character != null) {
            add(needed, new DeleteRange(character.client(), character.clock(), 1));
        }
    }

    private void add(Set<SortedSet<OpId>> needed, DeleteRange range) {
        NavigableMap<Long, SortedSet<OpId>> written = writers.get(range.client());
        if (written != null && written.floorKey(range.clock()) != null) {
            needed.addAll(written.subMap(written.floorKey(range.clock()), true, range.clock() + range.length() - 1, true).values());
        }
    }
}
