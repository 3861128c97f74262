package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
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

/**
 * Brings files in as notes. A file that did not change since it was last imported adds nothing; one that did is merged into
 * its note, against the text as it was then, so that edits made here meanwhile stay.
 */
public final class ImportCommand {
    private ImportCommand() {}

    /** One file: its path in the vault, with forward slashes, and its text. */
    public record Note(String path, String title, String body) {}

    /** A file that could not come in, and why. */
    public record Skipped(String path, String reason) {}

    public record Outcome(int created, int updated, int unchanged, int deleted, List<Skipped> skipped) {}

    /** @param gone paths of files that are there no more, and whose notes are to be deleted */
    public static Outcome run(Change change, String vault, List<Note> notes, List<String> gone) {
        int created = 0;
        int updated = 0;
        int unchanged = 0;
        int deleted = 0;
        List<Skipped> skipped = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (Note note : notes) {
            int before = change.size();
            try {
                if (!paths.add(note.path())) {
                    throw Params.invalid("the same file twice in one part of an import");
                }
                Note checked = new Note(Titles.checkedText("path", note.path()), Titles.checked(Kind.DOC, note.title()),
                        Titles.checkedBody(note.body()));
                Optional<Id> known = change.importedFrom(vault, checked.path());
                if (known.isEmpty()) {
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
            if (known.filter(id -> isEditedHere(change, id)).isPresent()) {
                skipped.add(new Skipped(path, "is gone, but was edited in heph since it came in: it is kept; heph delete deletes it"));
            } else if (known.isPresent()) {
                change.tombstone(known.get());
                deleted++;
            }
        }
        return new Outcome(created, updated, unchanged, deleted, skipped);
    }

    private static boolean isEditedHere(Change change, Id id) {
        return !change.value(id, Field.SOURCE_REV).equals(Optional.of(Value.text(change.version(id, Views.BODY).rev())));
    }

    private static void create(Change change, String vault, Note note) {
        Id id = change.mint();
        SortedMap<Field, Value> fields = new TreeMap<>();
        fields.put(Field.KIND, Value.text(Kind.DOC.word()));
        fields.put(Field.TITLE, Value.text(note.title()));
        fields.put(Field.SOURCE_VAULT, Value.text(vault));
        fields.put(Field.SOURCE_PATH, Value.text(note.path()));
        fields.put(Field.SOURCE_HASH, hash(note));
        change.create(id, fields);
        Version saved = change.save(id, Views.BODY, note.body(), Optional.empty());
        change.set(id, Field.SOURCE_REV, Value.text(saved.rev()));
    }

    private static boolean update(Change change, Id id, Note note) {
        if (change.value(id, Field.SOURCE_HASH).equals(Optional.of(hash(note)))) {
            return false;
        }
        Optional<Version> base = change.value(id, Field.SOURCE_REV).flatMap(Value::asText).flatMap(Version::parse);
        Version before = change.version(id, Views.BODY);
        Version saved = change.save(id, Views.BODY, note.body(), base);
        if (base.isEmpty() && !saved.equals(before)) {
            throw new HephException(Reason.CONFLICT, "was edited both here and there, and what it was before did not come with the export"
                    + " that this note is from: make the file what heph show says, or the note what the file says");
        }
        change.restore(id);
        change.set(id, Field.SOURCE_HASH, hash(note));
        change.set(id, Field.SOURCE_REV, Value.text(saved.rev()));
        return true;
    }

    private static Value hash(Note note) {
        return hash(note.body());
    }

    /** What is remembered of a text that was imported. */
    static Value hash(String body) {
        return Value.text(Bytes32.sha256(body.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
