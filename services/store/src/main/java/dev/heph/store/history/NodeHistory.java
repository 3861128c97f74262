package dev.heph.store.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened to a node, and to a task's context document and occurrences, which are spoken of as the task. */
public final class NodeHistory {
    private final Tx tx;
    private final Space space;
    private final Id id;
    private final DifferenceJson json;
    private final Course course;
    private final List<Row> rows;

    public NodeHistory(Tx tx, Space space, Id id) {
        this.tx = tx;
        this.space = space;
        this.id = id;
        this.json = new DifferenceJson(tx, space);
        this.course = new Course(tx, space, new Devices(space));
        this.rows = Row.of(course.of(whole(tx, space, id)));
    }

    /** A node and what is spoken of as it. */
    static List<Id> whole(Tx tx, Space space, Id id) {
        boolean isTask = tx.first("SELECT kind FROM nodes WHERE space = ? AND id = ?", row -> row.getString(1), space.num(), id)
                .filter(Kind.TASK.word()::equals).isPresent();
        if (!isTask) {
            return List.of(id);
        }
        List<Id> occurrences = tx.all("SELECT id FROM occurrences WHERE space = ? AND task = ?", row -> Id.of(row.getBytes(1)),
                space.num(), id);
        return Stream.concat(Stream.of(id, DerivedId.canonicalContext(id)), occurrences.stream()).toList();
    }

    /** {@code {rows, total, next?}}, the last first. @param below only those with a lesser number */
    public ObjectNode page(int limit, long below) {
        List<Row> shown = rows.stream().filter(row -> row.number() > 0 && row.number() < below).toList();
        List<Row> page = shown.subList(Math.max(0, shown.size() - limit), shown.size());
        Map<Id, String> verbs = Row.verbs(rows);
        List<ObjectNode> told = new ArrayList<>();
        Past past = course.past();
        for (Row row : rows) {
            if (told.size() == page.size()) {
                break; // what came later makes no difference to what was before
            } else if (row.number() == 0 || row.number() < page.getFirst().number()) {
                row.ops().forEach(past::apply);
            } else {
                List<Difference> differences = apply(row, past);
                told.addFirst(row(row, verbs.get(row.action()), json.of(differences, past)));
            }
        }
        ObjectNode answer = Json.object();
        answer.putArray("rows").addAll(told);
        answer.put("total", rows.stream().filter(row -> row.number() > 0).count());
        return shown.size() > page.size() ? answer.put("next", Integer.toString(page.getFirst().number())) : answer;
    }

    /**
     * What brings the node back to how it was, and nothing else: where it stands in an imported folder stays, so that the next
     * import of the same file does not take the restoring back.
     *
     * @throws HephException not-found for a row that is not there, conflict for a moment before there was the node
     */
    public Restoration to(Then then) {
        if (then instanceof Then.Undeleted) {
            Difference back = new Difference(new Aspect.Deleted(id), new Value.Bool(true), new Value.Bool(false));
            return new Restoration(tx, space, List.of(back), course.past());
        }
        List<Happened> all = rows.stream().flatMap(row -> row.ops().stream()).toList();
        Predicate<OpId> had = had(then);
        if (all.stream().noneMatch(happened -> had.test(happened.id()) && isMaking(happened.op()))) {
            throw new HephException(Reason.CONFLICT,
                    "'" + json.title(id) + "' was made after that: choose a later moment, or a row of heph history");
        }
        Past now = course.past();
        List<Difference> differences = Restoration.between(all, had, now).stream()
                .filter(difference -> !isOfSource(difference.aspect()))
                .toList();
        return new Restoration(tx, space, differences, now);
    }

    private boolean isMaking(Op op) {
        return op instanceof Op.NodeCreate && op.target().equals(id);
    }

    private static boolean isOfSource(Aspect aspect) {
        return aspect instanceof Aspect.Register(Id entity, Field field) && field.facet().equals(Aspect.SOURCE);
    }

    private Predicate<OpId> had(Then then) {
        if (then instanceof Then.Moment(long epochMillis)) {
            return Cut.at(tx, space, new Devices(space), epochMillis)::includes;
        }
        Row last = rows.stream()
                .filter(row -> then.equals(new Then.Row(row.number())) || then.equals(new Then.Action(row.action())))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new HephException(Reason.NOT_FOUND, "the history of '" + json.title(id) + "' has no row "
                        + (then instanceof Then.Row(int number) ? "" + number : "of that action") + ". Those that there are: heph history"));
        Set<OpId> had = rows.subList(0, rows.indexOf(last) + 1).stream()
                .flatMap(row -> row.ops().stream())
                .map(Happened::id)
                .collect(Collectors.toSet());
        return had::contains;
    }

    /** Carries a row out, and tells what changed by it. */
    private static List<Difference> apply(Row row, Past past) {
        Map<Aspect, Value> before = new LinkedHashMap<>();
        row.ops().stream().flatMap(Aspect::of).filter(Aspect::isShown).forEach(aspect -> before.putIfAbsent(aspect, past.look(aspect)));
        row.ops().forEach(past::apply);
        return before.entrySet().stream()
                .map(was -> new Difference(was.getKey(), was.getValue(), past.look(was.getKey())))
                .filter(difference -> !difference.before().equals(difference.after()))
                .toList();
    }

    private ObjectNode row(Row row, String verb, ArrayNode changes) {
        Happened last = row.ops().getLast();
        ObjectNode told = Json.object()
                .put("number", row.number())
                .put("id", row.action().toString())
                .put("at", last.at().millis())
                .put("device", last.id().device().toString())
                .put("device_name", tx.first("SELECT name FROM devices WHERE space = ? AND id = ?", name -> name.getString(1),
                        space.num(), last.id().device().id()).orElse(""))
                .put("what", verb);
        told.set("changes", changes);
        return told;
    }
}
