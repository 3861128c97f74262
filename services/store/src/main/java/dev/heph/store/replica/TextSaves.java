package dev.heph.store.replica;

import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.TaskItem;
import dev.heph.model.merge.Race;
import dev.heph.model.op.Author;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Overlap;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.TextHistory;
import dev.heph.store.view.Views;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The saves of texts in one change: what somebody made of a whole text becomes edits and marks. */
final class TextSaves {
    /** A larger edit is cut into ops of at most this many bytes. */
    private static final int MAX_EDIT_BYTES = 256 * 1024;

    private final Change change;
    private final SqlFacts facts;
    private final TextHistory history;
    private final FormerNames names;
    private final Author author;
    private final TextClients clients;
    private final Set<Id> minted = new HashSet<>();
    private final List<Op> ops;
    private final Set<Saved> saved = new HashSet<>();
    private final Map<Id, String> ticked = new LinkedHashMap<>();

    /** @param ops those of the change so far, to be added to */
    TextSaves(Change change, SqlFacts facts, TextHistory history, FormerNames names, Author author, TextClients clients, List<Op> ops) {
        this.change = change;
        this.facts = facts;
        this.history = history;
        this.names = names;
        this.author = author;
        this.clients = clients;
        this.ops = ops;
    }

    /** Says that an id was minted in this change: nobody else has the node. */
    void minted(Id id) {
        minted.add(id);
    }

    /**
     * Saves a whole text that was edited from the version {@code base}: what its author changed is merged into what the text
     * has become since. The rule is "saving a body" in docs/design/merge.md.
     *
     * @return the version after the save
     */
    Version save(Id id, String field, String saved, Optional<Version> base) {
        Optional<Version> from = base.map(version -> names.now(id, field, version));
        return save(id, field, saved, from, from);
    }

    /** Edits an old version, knowing what came since. */
    void rework(Id id, String field, Version version, String saved) {
        save(id, field, saved, Optional.of(version), Optional.empty());
    }

    /** @param named the version that the edit says it was made from; without, everything that is here */
    private Version save(Id id, String field, String saved, Optional<Version> base, Optional<Version> named) {
        saving(id, field);
        Draft draft = draft(id, field, saved, base);
        Version after = draft.now();
        List<TextEdit> pieces = pieces(draft.edits());
        for (TextEdit piece : pieces) {
            after = after.with(author.nextOp(ops.size()));
            ops.add(new Op.TextChange(id, field, piece, draft.now().equals(draft.from()) ? Optional.empty() : named));
        }
        settle(id, field, draft.now().equals(draft.from()) ? Optional.empty() : named, pieces);
        for (Map.Entry<CharId, String> mark : draft.marks().entrySet()) {
            int before = ops.size();
            change.set(id, Mark.field(mark.getKey(), draft.occurrence()), Value.text(mark.getValue()));
            if (ops.size() > before) {
                after = after.with(author.nextOp(before));
                ticked.put(DerivedId.item(id, mark.getKey().client(), mark.getKey().clock()), mark.getValue());
            }
        }
        return after;
    }

    /**
     * The races that an edit settles by working on their words it settles in so many words: taken back, it opens them again.
     *
     * @param seen what the edit knew; empty: everything that is here
     */
    private void settle(Id id, String field, Optional<Version> seen, List<TextEdit> pieces) {
        for (Race race : change.races(id, field)) {
            boolean touched = race.ops().allMatch(op -> seen.isEmpty() || seen.get().includes(op))
                    && race.ops().map(op -> facts.edit(id, field, op)).anyMatch(edit -> pieces.stream().anyMatch(piece -> Overlap.touches(piece, edit)));
            if (touched) {
                change.set(id, Conflict.settled(id, field, race), new Value.Bool(true));
            }
        }
    }

    /** What a save does: the version there is now, the one it was made from, the text of that, the edits of it, and the boxes it marks. */
    private record Draft(Version now, Version from, Checklist loaded, List<TextEdit> edits, Map<CharId, String> marks, Optional<Id> occurrence) {}

    private Draft draft(Id id, String field, String saved, Optional<Version> base) {
        Version now = facts.version(id, field);
        Version from = base.orElse(now);
        Optional<Id> occurrence = occurrence(id, field);
        Checklist loaded = loaded(id, field, from);
        Checklist.Saving saving = loaded.saving(saved);
        List<TextEdit> edits = clients.edits(id, minted.contains(id), loaded.text(), facts.text(id, field), saving.splices());
        Map<CharId, String> marks = new LinkedHashMap<>(saving.marks());
        occurrence.ifPresent(any -> marks.putAll(ofNewBoxes(loaded, edits, saved)));
        return new Draft(now, from, loaded, edits, marks, occurrence);
    }

    /** A text as somebody was shown it. @param version empty: as it is now */
    Checklist at(Id id, String field, Optional<Version> version) {
        return loaded(id, field, version.map(shown -> names.now(id, field, shown)).orElseGet(() -> facts.version(id, field)));
    }

    private Checklist loaded(Id id, String field, Version from) {
        if (facts.version(id, field).equals(from)) {
            return change.checklist(id, field);
        } else if (!history.has(id, from)) {
            throw TextHistory.unknownBase();
        }
        return history.with(id, field, from::includes, occurrence(id, field));
    }

    private Optional<Id> occurrence(Id id, String field) {
        return field.equals(Views.BODY) ? change.ticked(id) : Optional.empty();
    }

    /** What {@link #save} would make of a text. */
    Look look(Id id, String field, String saved, Optional<Version> base, int place) {
        Draft draft = draft(id, field, saved, base.map(version -> names.now(id, field, version)));
        Checklist now = change.checklist(id, field);
        Text merged = with(now.text(), draft.edits());
        String shown = new Checklist(merged, character -> Optional.ofNullable(draft.marks().get(character)).or(() -> now.marks().apply(character))).shown();
        Text mine = with(draft.loaded().text(), draft.edits());
        return new Look(shown, place < mine.length() ? merged.positionOf(mine.idAt(place)).position() : shown.length());
    }

    private Text with(Text text, List<TextEdit> edits) {
        Text after = text.copy();
        edits.forEach(edit -> after.apply(author.nextOp(ops.size()), edit));
        return after;
    }

    private static List<TextEdit> pieces(List<TextEdit> edits) {
        return edits.stream().flatMap(edit -> edit.cut(MAX_EDIT_BYTES).stream()).toList();
    }

    /** A text as it stood elsewhere when it was last taken in from there. */
    Checklist elsewhere(Id id, String field, Branch branch) {
        boolean here = branch.equals(Branch.at(facts.version(id, field)));
        return here ? facts.checklist(id, field) : history.with(id, field, branch::includes, Optional.empty());
    }

    /**
     * Merges in what was edited elsewhere since a text was last taken in from there ("texts that also stand elsewhere" in docs/design/merge.md).
     *
     * @param was {@link #elsewhere} as it stood then
     * @param saved as it stands there now
     * @return where that leaves the text elsewhere
     */
    Branch merge(Id id, String field, Branch branch, Checklist was, String saved) {
        saving(id, field);
        Version now = facts.version(id, field);
        Optional<Version> base = Optional.of(branch.trunk()).filter(trunk -> !trunk.equals(now));
        Checklist.Saving saving = was.saving(saved);
        int first = ops.size();
        pieces(clients.edits(id, false, was.text(), facts.text(id, field), saving.splices()))
                .forEach(piece -> ops.add(new Op.TextChange(id, field, piece, base)));
        saving.marks().forEach((character, mark) -> {
            Register register = facts.register(id, Mark.field(character));
            if (!register.value().equals(Optional.of(Value.text(mark)))) {
                ticked.put(DerivedId.item(id, character.client(), character.clock()), mark);
            }
            // Also when it shows here already: it was set there, so it is a part of the branch.
            ops.add(new Op.NodeSet(id, Mark.field(character), Value.text(mark), register.seen()));
        });
        return ops.size() == first ? branch : branch.with(author.nextOp(first), author.nextOp(ops.size() - 1), now);
    }

    private void saving(Id id, String field) {
        if (!saved.add(new Saved(id, field))) {
            throw new IllegalStateException("a text is saved once in a change");
        }
    }

    /** In a list that is fresh each time, what was typed between the brackets of a new line is a tick in this one. */
    private Map<CharId, String> ofNewBoxes(Checklist loaded, List<TextEdit> edits, String saved) {
        List<Box> shown = Checklist.fresh(with(loaded.text(), edits)).read().boxes();
        List<TaskItem> typed = Extraction.of(saved).items();
        Map<CharId, String> marks = new LinkedHashMap<>();
        for (int at = 0; at < shown.size() && at < typed.size(); at++) {
            CharId character = shown.get(at).character();
            boolean isNew = character.clock() >= loaded.text().nextClock(character.client());
            if (isNew && !typed.get(at).mark().equals(Box.EMPTY)) {
                marks.put(character, typed.get(at).mark());
            }
        }
        return marks;
    }

    /** A text's ops are not facts before the change is committed, so a second save could not see the first. */
    private record Saved(Id id, String field) {}

    /** The checkboxes that saves have marked, and how. */
    Map<Id, String> ticked() {
        return Map.copyOf(ticked);
    }
}
