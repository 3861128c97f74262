package dev.heph.store.query;

import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.KeptList;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.TaskItem;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.recur.Closed;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The checklists of recurring tasks: the document is a template, each occurrence has its own marks ("fresh lists" in docs/design/recurrence.md). */
public final class FreshLists {
    private final Db db;
    private final int space;
    private final Recurring recurring;

    public FreshLists(Db db, int space, Recurring recurring) {
        this.db = db;
        this.space = space;
        this.recurring = recurring;
    }

    /** The occurrence whose list a document shows now, when all are closed the last, if it is the context of a recurring task. */
    public Optional<Id> occurrenceOf(Id document) {
        return db.first("SELECT t.id FROM link_tags l JOIN tasks t ON t.space = l.space AND t.id = l.src AND t.recurrence IS NOT NULL"
                        + " WHERE l.space = ? AND l.dst = ? AND l.type = 'canonical-context'",
                row -> Id.of(row.bytes(1)), space, document.bytes())
                .flatMap(recurring::definition)
                .flatMap(definition -> recurring.due(definition).map(due -> due.occurrence().id()).or(() -> definition.occurrences().lastClosed().map(Closed::id)));
    }

    /**
     * The list of each occurrence of a recurring task: of one that was closed as it was worded then, of any other as the template is now; with
     * the marks that were set in it.
     */
    public Function<Id, List<Box>> of(Id task) {
        Id document = DerivedId.canonicalContext(task);
        Map<Id, Map<String, String>> marks = marks(document, "%/%");
        List<Box> template = db.all("SELECT character, text FROM boxes WHERE space = ? AND entity = ? ORDER BY ordinal",
                row -> Mark.character(row.text(1)).map(character -> new Box(character, Box.EMPTY, row.text(2))),
                space, document.bytes()).stream().flatMap(Optional::stream).toList();
        return occurrence -> {
            Map<String, String> set = marks.getOrDefault(occurrence, Map.of());
            return kept(occurrence).orElse(template).stream()
                    .map(box -> new Box(box.character(), set.getOrDefault(box.character().toString(), box.mark()), box.text()))
                    .toList();
        };
    }

    private Optional<List<Box>> kept(Id occurrence) {
        return db.all(TIPS + " AND p.field = ?" + WINNER_LAST, row -> ValueCodec.decode(row.bytes(2)), space, occurrence.bytes(),
                Field.OCCURRENCE_LIST.facet(), Field.OCCURRENCE_LIST.name()).reversed().stream().findFirst()
                .flatMap(Value::asText).map(text -> KeptList.read(text).boxes());
    }

    private static final String TIPS = "SELECT p.field, p.value FROM tips p JOIN devices d ON d.space = p.space AND d.num = p.device"
            + " WHERE p.space = ? AND p.entity = ? AND p.facet = ?";

    private static final String WINNER_LAST = " ORDER BY p.hlc, d.id, p.seq";

    /** The marks that were set in the list of an occurrence, by character. */
    Map<String, String> marks(Id document, Id occurrence) {
        return marks(document, "%/" + occurrence).getOrDefault(occurrence, Map.of());
    }

    /** @param fields an SQL pattern */
    private Map<Id, Map<String, String>> marks(Id document, String fields) {
        Map<Id, Map<String, String>> marks = new HashMap<>();
        db.all(TIPS + " AND p.field LIKE ?" + WINNER_LAST,
                row -> {
                    Field field = new Field(Mark.FACET, row.text(1));
                    Mark.occurrence(field).ifPresent(occurrence -> Mark.character(field).ifPresent(character ->
                            marks.computeIfAbsent(occurrence, any -> new HashMap<>()).put(character.toString(),
                                    Mark.of(Optional.of(ValueCodec.decode(row.bytes(2)))).orElse(Box.EMPTY))));
                    return field;
                }, space, document.bytes(), Mark.FACET, fields);
        return marks;
    }

    /** A template with the marks of an occurrence. */
    String ticked(Id document, Id occurrence, String template) {
        Map<String, String> marks = marks(document, occurrence);
        if (marks.isEmpty()) {
            return template;
        }
        List<String> characters = db.all("SELECT character FROM boxes WHERE space = ? AND entity = ? ORDER BY ordinal", row -> row.text(1),
                space, document.bytes());
        List<TaskItem> items = Extraction.of(template).items();
        return Checklist.marked(template, items, at -> marks.getOrDefault(characters.get(at), items.get(at).mark()));
    }
}
