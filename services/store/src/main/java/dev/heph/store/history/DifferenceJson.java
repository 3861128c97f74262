package dev.heph.store.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.recur.Missed;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.Hunk;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import dev.heph.store.query.FieldJson;
import dev.heph.store.query.Recurring;
import dev.heph.store.query.ValueJson;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Differences as docs/reference/rpc.md shows them, as {@code Change}. */
final class DifferenceJson {
    /** What a new task is anyhow. */
    private static final Map<Field, Value> USUAL = Map.of(
            Field.STATE, Value.text(State.OUTSTANDING.word()), Field.ATTENTION, Value.text("white"), Field.COMMITTED, new Value.Bool(true),
            Field.MISSED, Value.text(Missed.LATEST.word()));

    private final Tx tx;
    private final Space space;

    DifferenceJson(Tx tx, Space space) {
        this.tx = tx;
        this.space = space;
    }

    /** @param after the entities with all of it, to say which line of a list was ticked */
    ArrayNode of(List<Difference> differences, Past after) {
        ArrayNode changes = Json.MAPPER.createArrayNode();
        differences.stream()
                .filter(difference -> difference.aspect().isShown() && !isUsual(difference))
                .sorted(Comparator.comparing(difference -> place(difference.aspect())))
                .forEach(difference -> changes.add(of(difference, after)));
        return changes;
    }

    /** What is short comes first. */
    private static int place(Aspect aspect) {
        return switch (aspect) {
            case Aspect.Deleted deleted -> 0;
            case Aspect.Register register -> 1;
            case Aspect.Linked linked -> 2;
            case Aspect.Body body -> 3;
            case Aspect.Entry entry -> 4;
        };
    }

    private static boolean isUsual(Difference difference) {
        return difference.aspect() instanceof Aspect.Register(Id entity, Field field)
                && difference.before().equals(Value.NONE) && difference.after().equals(USUAL.get(field));
    }

    private ObjectNode of(Difference difference, Past now) {
        ObjectNode change = Json.object();
        switch (difference.aspect()) {
            case Aspect.Register(Id entity, Field field) -> {
                Mark.character(field).ifPresentOrElse(
                        character -> change.put("field", "box").put("line", now.line(entity, character)),
                        () -> change.put("field", field.name()));
                change.set("before", FieldJson.of(field, difference.before(), this::title));
                change.set("after", FieldJson.of(field, difference.after(), this::title));
                occurrence(Mark.character(field).isPresent() ? Mark.occurrence(field).orElse(entity) : entity, change);
            }
            case Aspect.Body(Id entity, String field) -> {
                ArrayNode hunks = change.put("field", field).putArray("hunks");
                Hunk.between(difference.before().asText().orElseThrow(), difference.after().asText().orElseThrow())
                        .forEach(hunk -> hunks.addObject()
                                .put("line", hunk.line()).put("before", hunk.before()).put("after", hunk.after()));
            }
            case Aspect.Linked(Op.Link link) -> {
                change.put("field", "link").put("link", link.type()).set("before", ValueJson.of(difference.before()));
                change.set("after", ValueJson.of(difference.after()));
                link.key().ifPresent(key -> change.put("key", key));
                if (!link.dst().equals(link.src())) {
                    change.set("to", Json.object().put("id", link.dst().toString()).put("title", title(link.dst())));
                }
            }
            case Aspect.Deleted deleted -> {
                change.put("field", "deleted").set("before", ValueJson.of(difference.before()));
                change.set("after", ValueJson.of(difference.after()));
            }
            case Aspect.Entry entry -> {
                change.put("field", "log").set("before", ValueJson.of(difference.before()));
                change.set("after", ValueJson.of(difference.after()));
            }
        }
        return change;
    }

    String title(Id id) {
        return tx.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.getString(1), space.num(), id).orElse("");
    }

    private void occurrence(Id id, ObjectNode change) {
        tx.first("SELECT o.start, t.recurrence FROM occurrences o LEFT JOIN tasks t ON t.space = o.space AND t.id = o.task WHERE o.space = ? AND o.id = ?",
                        row -> Recurring.shown(row.getString(1), Optional.ofNullable(row.getString(2))), space.num(), id)
                .ifPresent(start -> change.put("occurrence", start));
    }
}
