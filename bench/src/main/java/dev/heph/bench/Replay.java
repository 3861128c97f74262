package dev.heph.bench;

import dev.heph.bench.Trace.Patch;
import dev.heph.bench.Trace.Txn;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.TextException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the edits of a trace, each on a text that holds exactly what its author knew. Authors who write at the same time have a text each
 * and hear what the others did since; who comes later takes over a text that suits.
 */
final class Replay {
    /** An edit and the op that carries it. */
    record Made(OpId op, TextEdit edit) {}

    /** Texts kept at a time; enough for those who write at the same time. */
    private static final int MOST_TEXTS = 32;

    /** Who has not written for so many transactions does not let the old text hear all of them, but takes over one that did. */
    private static final int SELDOM = 200;

    /** Clients of agents who write as somebody new; an agent's first one is its number and one. */
    private static final long LATER_CLIENTS = 1L << 40;

    /** A text, which transactions it holds, and the one that was made on it last: those that come must follow that one. */
    private static final class Copy {
        Text text = new Text();
        BitSet holds = new BitSet();
        int last = -1;
    }

    /** As which text client an agent writes, and how far it came. */
    private record Writer(long client, long clock) {}

    private final Trace trace;
    private final List<List<Made>> made = new ArrayList<>();
    private final Map<Integer, Copy> own = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();
    private final Map<Integer, Writer> writers = new HashMap<>();
    private long later = LATER_CLIENTS;
    private long ops;

    private Replay(Trace trace) {
        this.trace = trace;
    }

    /**
     * The edits of a trace in its order, the text it starts with as the first.
     *
     * @throws TraceFile.NoTrace if a patch lies outside its text, or a transaction follows what is not there
     */
    static List<Made> edits(Trace trace) {
        Replay replay = new Replay(trace);
        List<Made> all = new ArrayList<>(replay.start());
        for (int i = 0; i < trace.txns().size(); i++) {
            replay.made.add(replay.make(i));
            all.addAll(replay.made.get(i));
        }
        return all;
    }

    private List<Made> start() {
        return trace.start().isEmpty() ? List.of() : List.of(new Made(op(0, 1), new Text().splice(op(0, 1), 0, 0, 0, trace.start())));
    }

    private static OpId op(long client, long seq) {
        return new OpId(new DeviceId(new Id(0, client)), seq);
    }

    private List<Made> make(int index) {
        Txn txn = trace.txns().get(index);
        Copy copy = copyOf(txn);
        List<Made> edits = new ArrayList<>(txn.patches().size());
        long client = client(txn.agent(), copy.text);
        for (Patch patch : txn.patches()) {
            try {
                int from = copy.text.unitsOf(patch.position());
                int end = copy.text.unitsOf(Math.addExact(patch.position(), patch.deleted()));
                OpId op = op(client, ++ops);
                edits.add(new Made(op, copy.text.splice(op, client, from, end - from, patch.inserted())));
            } catch (TextException | ArithmeticException outside) {
                throw new TraceFile.NoTrace("contradicts itself in transaction " + index + ", patch " + edits.size() + ": " + outside.getMessage());
            }
        }
        writers.put(txn.agent(), new Writer(client, copy.text.nextClock(client)));
        copy.holds.set(index);
        copy.last = index;
        return edits;
    }

    /** Its own; but an agent that does not know what it wrote before writes as somebody new. */
    private long client(int agent, Text text) {
        Writer writer = writers.get(agent);
        if (writer == null) {
            return agent + 1L;
        }
        return text.nextClock(writer.client()) == writer.clock() ? writer.client() : later++;
    }

    /** A text that holds what the transaction follows, and nothing else. */
    private Copy copyOf(Txn txn) {
        Copy mine = own.get(txn.agent());
        if (mine != null && made.size() - mine.last < SELDOM && heard(mine, txn.parents())) {
            return mine;
        }
        Copy copy = takenOver(txn.parents()).orElseGet(() -> fresh(txn.parents()));
        own.values().remove(copy);
        own.put(txn.agent(), copy);
        return copy;
    }

    /** The fullest text that holds nothing beyond what these transactions follow; it has heard them then. */
    private Optional<Copy> takenOver(int[] parents) {
        return copies.stream()
                .sorted((one, other) -> Integer.compare(other.last, one.last))
                .filter(copy -> heard(copy, parents))
                .findFirst();
    }

    private Copy fresh(int[] parents) {
        if (copies.size() == MOST_TEXTS) {
            Copy idle = copies.stream().min((one, other) -> Integer.compare(one.last, other.last)).orElseThrow();
            copies.remove(idle);
            own.values().remove(idle);
        }
        Copy copy = new Copy();
        start().forEach(edit -> copy.text.apply(edit.op(), edit.edit()));
        copies.add(copy);
        heard(copy, parents);
        return copy;
    }

    /** Lets a text hear these transactions and all that they follow; false, and nothing heard, if it holds what they do not follow. */
    private boolean heard(Copy copy, int[] parents) {
        if (copy.last >= 0 && !follow(parents, copy.last)) {
            return false;
        }
        List<Integer> missing = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        Arrays.stream(parents).forEach(open::push);
        while (!open.isEmpty()) {
            int txn = open.pop();
            if (!copy.holds.get(txn)) {
                copy.holds.set(txn);
                missing.add(txn);
                Arrays.stream(trace.txns().get(txn).parents()).forEach(open::push);
            }
        }
        Collections.sort(missing);
        missing.forEach(txn -> made.get(txn).forEach(edit -> copy.text.apply(edit.op(), edit.edit())));
        return true;
    }

    /** Whether one of these is that transaction or follows it. Parents stand before their children, so what stands before it need not be looked at. */
    private boolean follow(int[] parents, int that) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        Arrays.stream(parents).forEach(open::push);
        while (!open.isEmpty()) {
            int txn = open.pop();
            if (txn == that) {
                return true;
            }
            if (txn > that && seen.add(txn)) {
                Arrays.stream(trace.txns().get(txn).parents()).forEach(open::push);
            }
        }
        return false;
    }
}
