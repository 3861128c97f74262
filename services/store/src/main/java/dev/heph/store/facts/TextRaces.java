package dev.heph.store.facts;

import dev.heph.error.HephException;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.conflict.Origins;
import dev.heph.model.conflict.Sides;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Place;
import dev.heph.model.text.Region;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import dev.heph.store.db.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Brings back from the log what the sides of a race had before it ("races in a text" in docs/design/merge.md). */
public final class TextRaces {
    private final Tx tx;
    private final SqlFacts facts;
    private final TextHistory history;

    public TextRaces(Tx tx, SqlFacts facts) {
        this.tx = tx;
        this.facts = facts;
        this.history = new TextHistory(tx, facts.log());
    }

    /**
     * What stands against each other.
     *
     * @param region the lines in question, as the merge of the sides left them
     * @param now these lines and what became of them since
     */
    public record Found(Sides sides, Region region, Region now) {}

    /**
     * @param shown the marks that checkboxes have now: they are no part of the question
     * @return nothing when the merge says what everybody says
     */
    public Optional<Found> of(Conflict conflict, Checklist shown) {
        Set<OpId> racing = new HashSet<>(conflict.ops());
        List<Sides.Seen> seen = new ArrayList<>();
        List<TextEdit> edits = new ArrayList<>();
        Origins origins = new Origins();
        Set<OpId> unapplied = facts.log().unapplied(tx, conflict.entity());
        Map<DeviceId, NavigableSet<Long>> ofThisText = new HashMap<>();
        history.each(conflict.entity(), (bundle, op, does) -> {
            if (TextHistory.isOf(does, conflict.field().name())) {
                ofThisText.computeIfAbsent(op.device(), device -> new TreeSet<>()).add(op.seq());
                if (does instanceof Op.TextChange change && !unapplied.contains(op)) {
                    origins.add(op, change.edit());
                    Version past = facts.past(op);
                    Version known = change.base().filter(past::includes).orElse(past);
                    seen.add(new Sides.Seen(op, bundle.header().action().id(), within(ofThisText, known), within(ofThisText, past)));
                    if (racing.contains(op)) {
                        edits.add(change.edit());
                    }
                }
            }
        });
        return found(conflict, shown, Sides.of(seen, racing), edits, origins);
    }

    private Optional<Found> found(Conflict conflict, Checklist shown, Sides sides, List<TextEdit> edits, Origins origins) {
        Function<Predicate<OpId>, Checklist> with = included -> new Checklist(
                history.with(conflict.entity(), conflict.field().name(), included, Optional.empty()).text(), shown.marks());
        try {
            String base = with.apply(sides.base()::includes).shown();
            List<String> said = sides.sides().stream().map(side -> with.apply(of(side, origins)).shown()).toList();
            return region(base, said, with.apply(sides.merged()::includes), edits)
                    .flatMap(region -> region(base, said, shown, edits).map(now -> new Found(sides, region, now)));
        } catch (HephException unreadable) {
            // Of the same characters that two devices wrote, one's may build on what only the other's side has. A side that cannot be shown is no
            // question to anybody, and must keep nobody from taking what comes: the merge has both.
            return Optional.empty();
        }
    }

    private static Optional<Region> region(String base, List<String> sides, Checklist merged, List<TextEdit> edits) {
        List<Integer> at = edits.stream().flatMap(TextRaces::characters).map(merged.text()::positionOf).map(Place::position).toList();
        return Region.of(base, sides, merged.shown(), at);
    }

    /** Of everything an author had seen, what is about the text. */
    private static Version within(Map<DeviceId, NavigableSet<Long>> ofThisText, Version past) {
        SortedMap<DeviceId, Long> seqs = new TreeMap<>();
        past.seqs().forEach((device, seq) -> {
            Long last = ofThisText.containsKey(device) ? ofThisText.get(device).floor(seq) : null;
            if (last != null) {
                seqs.put(device, last);
            }
        });
        return new Version(seqs);
    }

    private static Predicate<OpId> of(Sides.Side side, Origins origins) {
        Set<OpId> needed = origins.with(side.own(), side.known()::includes);
        return op -> side.known().includes(op) || needed.contains(op);
    }

    /** The ends of what an edit wrote and deleted: enough to know on which lines it worked. */
    private static Stream<CharId> characters(TextEdit edit) {
        Stream.Builder<CharId> ends = Stream.builder();
        long clock = edit.clock();
        for (Run run : edit.runs()) {
            ends.add(new CharId(edit.client(), clock)).add(new CharId(edit.client(), clock + run.length() - 1));
            clock += run.length();
        }
        for (DeleteRange range : edit.deletes()) {
            ends.add(new CharId(range.client(), range.clock())).add(new CharId(range.client(), range.clock() + range.length() - 1));
        }
        return ends.build();
    }
}
