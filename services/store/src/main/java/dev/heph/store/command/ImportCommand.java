package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.log.Imported;
import dev.heph.store.replica.Branch;
import dev.heph.store.replica.Change;
import dev.heph.store.view.Views;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings files in as notes. A file that did not change since it was last imported adds nothing; one that did is merged into
 * its note, against the text as it was then, so that edits made here meanwhile stay.
 */
public final class ImportCommand {
    private ImportCommand() {}

    /**
     * One file: its path in the vault, with forward slashes, and its text.
     *
     * @param from the path that it had, if it seems to have been moved: it is there no more, and what it said is said here
     * @param hash what is remembered of its text; by who asks, since the writer is what everybody waits for
     */
    public record Note(String path, String title, String body, Optional<String> from, Value hash) {
        public Note(String path, String title, String body, Optional<String> from) {
            this(path, title, body, from, ImportCommand.hash(body));
        }
    }

    /** A file that could not come in, and why. */
    public record Skipped(String path, String reason) {}

    /** A file that has another path now. */
    public record Moved(String from, String to) {}

    /** @param deleted the paths of the files whose notes were deleted */
    public record Outcome(int created, int updated, int unchanged, List<Moved> moved, List<String> deleted, List<Skipped> skipped) {}

    /** @param gone paths of files that are there no more, and whose notes are to be deleted */
    public static Outcome run(Change change, String vault, List<Note> notes, List<String> gone) {
        int created = 0;
        int updated = 0;
        int unchanged = 0;
        List<Moved> moved = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (Note note : notes) {
            int before = change.size();
            try {
                if (!paths.add(note.path())) {
                    throw Params.invalid("the same file twice in one part of an import");
                }
                Note checked = new Note(Titles.checkedText("path", note.path()), Titles.checked(Kind.DOC, note.title()),
                        Titles.checkedBody(note.body()), note.from(), note.hash());
                Optional<Id> goesAlong = note.from().flatMap(from -> whoseFileWas(from, change, vault, checked));
                Optional<Id> known = change.importedFrom(vault, checked.path());
                if (goesAlong.isPresent()) {
                    move(change, goesAlong.get(), note.from().get(), checked);
                    moved.add(new Moved(note.from().get(), checked.path()));
                } else if (known.isEmpty()) {
                    create(change, vault, checked);
                    created++;
                } else if (update(change, known.get(), checked)) {
                    updated++;
                } else {
                    unchanged++;
                }
            } catch (HephException e) {
                change.backTo(before);
                skipped.add(new Skipped(note.path(), e.getMessage()));
            }
        }
        for (String path : gone) {
            Optional<Id> known = change.importedFrom(vault, path).filter(id -> !change.isTombstoned(id));
            Optional<Value> taken = known.flatMap(id -> change.tied().takenIn(id, Optional.empty())).map(Imported.Taken::hash);
            if (known.isPresent() && taken.isEmpty()) {
                skipped.add(new Skipped(path, "came in on another device: it is kept; prune it there, or delete it with heph delete"));
            } else if (known.filter(id -> isChangedHere(change, id, path)).isPresent()) {
                skipped.add(new Skipped(path, "is gone, but was edited in heph since it came in: it is kept; heph delete deletes it"));
            } else if (known.filter(id -> !taken.equals(change.value(id, Field.SOURCE_HASH))).isPresent()) {
                skipped.add(new Skipped(path, "is gone, but another device has brought another text since: it is kept; heph delete deletes it"));
            } else if (known.isPresent()) {
                change.tombstone(known.get());
                deleted.add(path);
            }
        }
        return new Outcome(created, updated, unchanged, moved, deleted, skipped);
    }

    /** The note of a file that was there and said the same, unless another has the file's place now. */
    private static Optional<Id> whoseFileWas(String from, Change change, String vault, Note note) {
        boolean isFree = change.importedFrom(vault, note.path()).filter(id -> !change.isTombstoned(id)).isEmpty();
        return change.importedFrom(vault, from)
                .filter(id -> isFree && !change.isTombstoned(id) && isAsItCame(change, id, note.hash()) && !change.setting(Field.SOURCE_PATH).contains(id));
    }

    /** Notes where the file of a note is now. Its title goes with the file's name unless people gave it another one; links by the old one lead here. */
    private static void move(Change change, Id id, String from, Note note) {
        boolean isNamedAsItsFile = change.value(id, Field.TITLE).equals(Optional.of(Value.text(title(from))));
        change.set(id, Field.SOURCE_PATH, Value.text(note.path()));
        if (isNamedAsItsFile) {
            NodeCommands.update(change, id, Optional.of(note.title()), Optional.empty(), Optional.empty());
        }
    }

    /** What an import calls the note of a file. */
    private static String title(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, Math.max(0, name.length() - ".md".length())).strip();
    }

    /** Whether anything of a note is not what its file said: its text, its title, links and tags that people gave it. */
    private static boolean isChangedHere(Change change, Id id, String path) {
        return !isAsItCame(change, id, change.text(id, Views.BODY))
                || !change.value(id, Field.TITLE).equals(Optional.of(Value.text(title(path))))
                || change.tied().byPeople(id);
    }

    /** Whether a text is the one that the file had when it was last taken in. */
    private static boolean isAsItCame(Change change, Id id, String text) {
        return isAsItCame(change, id, hash(text));
    }

    private static boolean isAsItCame(Change change, Id id, Value hash) {
        return change.value(id, Field.SOURCE_HASH).equals(Optional.of(hash));
    }

    private static void create(Change change, String vault, Note note) {
        Id id = change.mint();
        SortedMap<Field, Value> fields = new TreeMap<>();
        fields.put(Field.KIND, Value.text(Kind.DOC.word()));
        fields.put(Field.TITLE, Value.text(note.title()));
        fields.put(Field.SOURCE_VAULT, Value.text(vault));
        fields.put(Field.SOURCE_PATH, Value.text(note.path()));
        fields.put(Field.SOURCE_HASH, note.hash());
        change.create(id, fields);
        Version saved = change.save(id, Views.BODY, note.body(), Optional.empty());
        change.set(id, Field.SOURCE_REV, Value.text(Branch.at(saved).text()));
    }

    /**
     * Merges the difference between what the file said and what it says now into the note. What it said is the note itself if nothing was
     * edited here, else its branch of the note; the hash tells whether that is all here. Another device may have brought a newer text of this
     * file, or its own of another file of that name, of which this one knows nothing.
     */
    private static boolean update(Change change, Id id, Note note) {
        if (change.tied().isTakenIn(id, note.hash())) {
            return false;
        }
        Optional<Imported.Taken> here = change.tied().takenIn(id, change.value(id, Field.SOURCE_HASH));
        if (here.filter(taken -> taken.hash().equals(note.hash())).isPresent()) {
            return false;
        }
        Optional<Imported.Taken> last = change.value(id, Field.SOURCE_HASH).map(hash -> new Imported.Taken(hash, change.value(id, Field.SOURCE_REV)));
        if (last.filter(taken -> taken.hash().equals(note.hash())).isPresent()) {
            notes(change, id, last.get()); // that it is so here, too
            return false;
        }
        String shown = change.text(id, Views.BODY);
        Branch now = Branch.at(change.version(id, Views.BODY));
        Branch branch = now;
        if (!shown.equals(note.body())) {
            Optional<Before> others = last.flatMap(taken -> before(change, id, taken, now));
            Optional<Before> own = here.flatMap(taken -> before(change, id, taken, now));
            Before before = own.filter(said -> others.isEmpty() || isItsOwn(note.body(), said.was().shown(), others.get().was().shown())).or(() -> others)
                    .orElseThrow(ImportCommand::unknownBefore);
            branch = change.merge(id, Views.BODY, before.branch(), before.was(), note.body());
        }
        change.restore(id);
        notes(change, id, new Imported.Taken(note.hash(), Optional.of(Value.text(branch.text()))));
        return true;
    }

    private static void notes(Change change, Id id, Imported.Taken taken) {
        change.set(id, Field.SOURCE_HASH, taken.hash());
        taken.rev().ifPresent(rev -> change.set(id, Field.SOURCE_REV, rev));
    }

    private record Before(Branch branch, Checklist was) {}

    /** Empty if not all of it is known here. @param now where the note stands: where the file was left, too, if it says the same */
    private static Optional<Before> before(Change change, Id id, Imported.Taken taken, Branch now) {
        Optional<Branch> branch = hash(change.text(id, Views.BODY)).equals(taken.hash()) ? Optional.of(now)
                : taken.rev().flatMap(Value::asText).flatMap(Branch::parse);
        return branch.map(left -> new Before(left, change.elsewhere(id, Views.BODY, left))).filter(left -> hash(left.was().shown()).equals(taken.hash()));
    }

    /** Whether a file knows nothing of what another device brought: it has none of the lines that came with that, and still one that went. */
    private static boolean isItsOwn(String file, String before, String brought) {
        Set<String> lines = file.lines().collect(Collectors.toSet());
        Set<String> old = before.lines().collect(Collectors.toSet());
        Set<String> fresh = brought.lines().collect(Collectors.toSet());
        return fresh.stream().noneMatch(line -> lines.contains(line) && !old.contains(line))
                && old.stream().anyMatch(line -> lines.contains(line) && !fresh.contains(line));
    }

    private static HephException unknownBefore() {
        return new HephException(Reason.CONFLICT, "was edited both here and there, and what the file said before is not known here (it does not"
                + " come with an export): make the file what heph show says, or the note what the file says");
    }

    /** What is remembered of a text that was imported. */
    static Value hash(String body) {
        return Value.text(Bytes32.sha256(body.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
