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
import java.util.TreeMap;

/** Which ops wrote the characters that others build on: with an op come all that it needs. */
public final class Origins {
    private final Map<OpId, TextEdit> edits = new HashMap<>();
    private final Map<Long, NavigableMap<Long, OpId>> writers = new HashMap<>();

    /** Ops are added in an order in which each comes after those it builds on. */
    public void add(OpId op, TextEdit edit) {
        edits.put(op, edit);
        if (!edit.runs().isEmpty()) {
            writers.computeIfAbsent(edit.client(), client -> new TreeMap<>()).putIfAbsent(edit.clock(), op);
        }
    }

    /** These ops and all that they build on. */
    public Set<OpId> with(Collection<OpId> ops) {
        Set<OpId> all = new HashSet<>();
        Deque<OpId> next = new ArrayDeque<>(ops);
        while (!next.isEmpty()) {
            OpId op = next.pop();
            if (all.add(op) && edits.containsKey(op)) {
                needed(edits.get(op)).stream().filter(needed -> !all.contains(needed)).forEach(next::push);
            }
        }
        return all;
    }

    private Set<OpId> needed(TextEdit edit) {
        Set<OpId> needed = new HashSet<>();
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

    private void add(Set<OpId> needed, CharId character) {
        if (character != null) {
            add(needed, new DeleteRange(character.client(), character.clock(), 1));
        }
    }

    private void add(Set<OpId> needed, DeleteRange range) {
        NavigableMap<Long, OpId> written = writers.get(range.client());
        if (written != null && written.floorKey(range.clock()) != null) {
            needed.addAll(written.subMap(written.floorKey(range.clock()), true, range.clock() + range.length() - 1, true).values());
        }
    }
}
