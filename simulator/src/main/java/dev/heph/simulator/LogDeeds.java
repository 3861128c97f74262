package dev.heph.simulator;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ConflictCommands;
import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.ImportCommand;
import dev.heph.store.command.TaskStates;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Undo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people do with what was done before: undo it, settle what they disagree on, bring a file in again. */
final class LogDeeds {
    private static final String VAULT = "vault";
    private static final List<String> FILES = List.of("one.md", "two.md");

    private final Desk desk;

    LogDeeds(Desk desk) {
        this.desk = desk;
    }

    void addTo(Map<Act, Deed> deeds) {
        deeds.put(Act.UNDO, work -> takeBack(work, "undoes", new Undo(work.peer().replica(), work.tx()).undo(work.dice().oneIn(3))));
        deeds.put(Act.REDO, work -> takeBack(work, "redoes", new Undo(work.peer().replica(), work.tx()).redo()));
        deeds.put(Act.SETTLE_CONFLICT, this::settle);
        deeds.put(Act.IMPORT, this::importFile);
    }

    private void takeBack(Work work, String what, Optional<Undo.Taken> taken) {
        taken.ifPresent(it -> {
            work.say("%s %s", what, it.step().action().stream().map(done -> done.op().type() + " of " + work.title(done.op().target()))
                    .distinct().toList());
            work.commit(it.change());
        });
    }

    private void settle(Work work) {
        record Open(Id id, Id entity, String kind, int sides) {}
        List<Open> conflicts = work.tx().all("SELECT c.id, c.entity, c.kind, (SELECT count(*) FROM sides s WHERE s.space = c.space AND s.conflict = c.id)"
                        + " FROM conflicts c WHERE c.space = 1",
                row -> new Open(Id.of(row.getBytes(1)), Id.of(row.getBytes(2)), row.getString(3), row.getInt(4)));
        work.dice().pick(conflicts, open -> open.id().low()).ifPresent(open -> {
            int side = 1 + work.dice().upTo(Math.max(1, open.sides()));
            Choice choice = switch (work.dice().upTo(4)) {
                case 0 -> new Choice.Merged();
                case 1 -> new Choice.New(open.kind().equals("body") ? work.typed().words(2) + "\n" : "none", Optional.empty());
                default -> new Choice.Side(side);
            };
            work.say("settles the conflict %s of %s: %s", open.kind(), work.title(open.entity()), choice);
            work.tickingIn(work.peer().lists().occurrenceOf(open.entity()));
            work.tickingBoxOf(open.entity());
            work.closing(open.entity());
            Change change = work.change();
            ConflictCommands.settle(change, open.id(), choice);
            work.commit(change);
        });
    }

    /** Also one that has not changed, or has changed back. */
    private void importFile(Work work) {
        String path = work.dice().of(FILES);
        String before = desk.file(path);
        String now = work.dice().oneIn(3) ? before : new Editing(work.dice(), work.typed()).edited(before);
        desk.file(path, now, hash(now));
        Change change = work.change();
        Optional<Id> known = change.importedFrom(VAULT, path);
        String was = known.flatMap(id -> change.value(id, Field.SOURCE_HASH)).flatMap(Value::asText).map(desk::ofHash).orElse("");
        work.say("imports %s: %s → %s", path, NoteDeeds.shown(was), NoteDeeds.shown(now));
        work.closingAny();
        ImportCommand.Outcome outcome = ImportCommand.run(change, VAULT,
                List.of(new ImportCommand.Note(path, path.substring(0, 3), now, Optional.empty())), List.of());
        new TaskStates(change, work.peer().recurring()).followTicks();
        work.commit(change);
        if (outcome.skipped().isEmpty()) {
            Optional<Id> id = known.or(() -> work.change().importedFrom(VAULT, path));
            id.ifPresent(note -> work.saving(note, was, now));
        } else {
            work.say("skipped: %s", outcome.skipped());
        }
    }

    /** As the product remembers what a file said. */
    private static String hash(String text) {
        return Bytes32.sha256(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
