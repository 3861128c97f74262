package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as it stands elsewhere, in a file: a version of it and what was merged in from there since, without what was edited here meanwhile.
 *
 * @param own what was merged in, the oldest first
 */
public record Branch(Version trunk, List<Span> own) {
    /** Ops of one device, both ends included; those of them that are about the text are the branch's. */
    record Span(DeviceId device, long first, long last) {
        private static final Pattern TEXT = Pattern.compile("(\\w{" + Id.LETTERS + "}):(\\d{1,18})-(\\d{1,18})");

        boolean includes(OpId op) {
            return op.device().equals(device) && op.seq() >= first && op.seq() <= last;
        }

        @Override
        public String toString() {
            return device + ":" + first + "-" + last;
        }

        static Optional<Span> parse(String text) {
            Matcher parts = TEXT.matcher(text);
            return parts.matches()
                    ? Id.parse(parts.group(1)).map(id -> new Span(new DeviceId(id), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))))
                    : Optional.empty();
        }
    }

    public Branch {
        own = List.copyOf(own);
    }

    /** The text stands elsewhere as it is here in that version. */
    public static Branch at(Version version) {
        return new Branch(version, List.of());
    }

    boolean includes(OpId op) {
        return trunk.includes(op) || own.stream().anyMatch(span -> span.includes(op));
    }

    /**
     * With what one device merges in now.
     *
     * @param now the version before that
     */
    Branch with(OpId first, OpId last, Version now) {
        if (equals(at(now))) {
            return at(now.with(last));
        }
        List<Span> spans = new ArrayList<>(own);
        Span before = spans.isEmpty() ? null : spans.getLast();
        // As long as this device edited nothing in between, one span is enough, however often the file changes.
        boolean goesOn = before != null && before.device().equals(last.device()) && now.seqs().getOrDefault(last.device(), 0L) == before.last();
        if (goesOn) {
            spans.removeLast();
        }
        spans.add(new Span(last.device(), goesOn ? before.first() : first.seq(), last.seq()));
        return new Branch(trunk, spans);
    }

    /** The same when ops have other names. @param trunk the version by its new name */
    Branch with(Version trunk, UnaryOperator<OpId> names) {
        List<Span> spans = new ArrayList<>();
        for (Span span : own) {
            // It may begin before the ops that have other names.
            OpId start = new OpId(span.device(), span.first());
            for (long seq = span.first(); seq <= span.last(); seq++) {
                OpId op = names.apply(new OpId(span.device(), seq));
                OpId next = seq == span.last() ? null : names.apply(new OpId(span.device(), seq + 1));
                start = seq == span.first() ? op : start;
                if (next == null || !next.equals(new OpId(op.device(), op.seq() + 1))) {
                    spans.add(new Span(op.device(), start.seq(), op.seq()));
                    start = next;
                }
            }
        }
        return new Branch(trunk, spans);
    }

    /** As a register keeps it: the version's {@code rev}, then {@code device:first-last} of each span. */
    public String text() {
        StringBuilder text = new StringBuilder(trunk.rev());
        own.forEach(span -> text.append(' ').append(span));
        return text.toString();
    }

    public static Optional<Branch> parse(String text) {
        List<String> parts = Arrays.asList(text.split(" ", -1));
        List<Span> spans = parts.stream().skip(1).flatMap(span -> Span.parse(span).stream()).toList();
        return Version.parse(parts.getFirst()).filter(any -> spans.size() == parts.size() - 1).map(trunk -> new Branch(trunk, spans));
    }
}
