package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Version;
import dev.heph.runtime.Json;
import dev.heph.store.view.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Nodes as docs/reference/rpc.md shows them. */
public final class Nodes {
    private static final String COLUMNS = "n.id, n.kind, n.title, n.created, n.modified, n.tombstoned, n.vault, n.path,"
            + " t.state, t.attention, t.do_date, t.late_on, t.committed, t.project, n.text_aliases,"
            + " t.recurrence IS NOT NULL, n.context";
    private static final String FROM = " FROM nodes n LEFT JOIN tasks t ON t.space = n.space AND t.id = n.id";

    /** In a rev, between the version of a text and the occurrence whose list it was shown with. */
    public static final String IN_OCCURRENCE = "~";

    private final Db db;
    private final int space;
    private final Dates dates;
    private final Recurring recurring;
    private final FreshLists lists;

    public Nodes(Db db, int space, Dates dates, Recurring recurring) {
        this.lists = new FreshLists(db, space, recurring);
        this.recurring = recurring;
        this.db = db;
        this.space = space;
        this.dates = dates;
    }

    /** How a list is ordered. */
    public enum Sort {
        TITLE("n.title COLLATE NOCASE, n.id"),
        MODIFIED("n.modified DESC, n.id"),
        CREATED("n.created DESC, n.id");

        private final String order;

        Sort(String order) {
            this.order = order;
        }
    }

    /** The node with its body and its rev; deleted ones too, so that a caller can show what it just deleted. */
    public ObjectNode get(Id id) {
        // One statement, so that the rev is that of this body and not of a commit later.
        ObjectNode node = db.first("SELECT " + COLUMNS + ", n.body, x.version,"
                                + " (SELECT count(*) FROM conflicts c WHERE c.space = n.space AND c.entity = n.id)" + FROM
                                + " LEFT JOIN texts x ON x.space = n.space AND x.entity = n.id AND x.field = 'body'"
                                + " WHERE n.space = ? AND n.id = ?",
                        row -> {
                            Version version = row.bytes(19) == null ? Version.EMPTY : Version.of(row.bytes(19)).orElseThrow();
                            Optional<Id> occurrence = row.yes(17) ? lists.occurrenceOf(id) : Optional.empty();
                            String body = row.maybe(18).orElse("");
                            ObjectNode shown = node(row);
                            if (row.number(20) > 0) {
                                shown.put("conflicts", row.number(20));
                            }
                            return shown.put("body", occurrence.map(now -> lists.ticked(id, now, body)).orElse(body))
                                    .put("rev", version.rev() + occurrence.map(now -> IN_OCCURRENCE + now).orElse(""));
                        },
                        space, id.bytes())
                .orElseThrow(() -> new HephException(Reason.NOT_FOUND, "no note '" + id + "'. Try: heph list"));
        ArrayNode aliases = node.withArray("aliases");
        List<String> own = db.all("SELECT DISTINCT key FROM link_tags WHERE space = ? AND src = ? AND type = 'alias' AND dst = ?",
                row -> row.text(1), space, id.bytes(), id.bytes());
        for (int at = 0; at < own.size(); at++) {
            aliases.insert(at, own.get(at));
        }
        db.first("SELECT src FROM link_tags WHERE space = ? AND dst = ? AND type = 'canonical-context' LIMIT 1",
                        row -> Id.of(row.bytes(1)), space, id.bytes())
                .ifPresent(task -> node.put("context_of", task.toString()));
        return node;
    }

    /** The node; with an anchor only the part of its body to which that leads. @throws HephException not-found */
    public ObjectNode get(Id id, Optional<String> anchor) {
        return anchor.map(name -> Parts.only(name, get(id))).orElseGet(() -> get(id));
    }

    public String title(Id id) {
        return db.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space, id.bytes()).orElse("");
    }

    /** A checkbox that was not promoted, as {@code item.list} shows it. */
    public Optional<ObjectNode> box(Id id) {
        return db.first("SELECT b.text, b.mark, b.entity FROM boxes b WHERE b.space = ? AND b.tail = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM nodes n WHERE n.space = b.space AND n.id = b.id AND n.tombstoned = 0)",
                row -> Attached.box(id, row.text(1), row.text(2)).put("container", Id.of(row.bytes(3)).toString()), space, Tail.of(id));
    }

    /** The task of an occurrence, as it stands in that. */
    Optional<ObjectNode> occurrence(Id id) {
        return recurring.meant(id).map(meant -> {
            ObjectNode node = get(meant.definition().task()).put("occurrence", id.toString());
            recurring.due(meant).ifPresent(due -> ((ObjectNode) node.path("task")).setAll(dates(due.doDate(), due.lateOn())));
            return node;
        });
    }

    private ObjectNode dates(String doDate, Optional<String> lateOn) {
        ObjectNode json = Json.object();
        json.set("do_date", dates.start(doDate));
        json.set("late_on", dates.end(lateOn.orElse(null)));
        return json;
    }

    /** The version of the body that came with a rev. @throws HephException if it is no rev */
    public static Version version(String rev) {
        return Version.parse(rev.split(IN_OCCURRENCE, 2)[0]).orElseThrow(Nodes::noRev);
    }

    /** The occurrence whose list it was shown with. @throws HephException if it is no rev */
    public static Optional<Id> occurrence(String rev) {
        return Optional.of(rev).filter(text -> text.contains(IN_OCCURRENCE)).map(text -> Id.parse(text.split(IN_OCCURRENCE, 2)[1]).orElseThrow(Nodes::noRev));
    }

    private static HephException noRev() {
        return new HephException(Reason.INVALID_PARAMS, "'base' is no rev: give back the one that came with the body");
    }

    /** The revs of bodies alone, for telling surfaces what changed. */
    public Map<Id, String> revs(Set<Id> ids) {
        return ids.stream().collect(Collectors.toMap(Function.identity(), this::rev));
    }

    private String rev(Id id) {
        return db.first("SELECT version FROM texts WHERE space = ? AND entity = ? AND field = 'body'",
                        row -> Version.of(row.bytes(1)).orElseThrow().rev(), space, id.bytes())
                .orElse(Version.EMPTY.rev());
    }

    /**
     * A page of the visible nodes; a task's context document is shown with its task only.
     *
     * @param deleted those that were deleted instead
     * @param after how many are passed over, the {@code next} of the page before
     */
    public ObjectNode list(Optional<String> kind, Optional<String> state, boolean deleted, Sort sort, int limit, long after) {
        StringBuilder where = new StringBuilder(
                " WHERE n.space = ? AND n.kind IS NOT NULL AND n.context = 0 AND n.tombstoned = " + (deleted ? 1 : 0));
        List<Object> params = new ArrayList<>(List.of(space));
        kind.ifPresent(word -> {
            where.append(" AND n.kind = ?");
            params.add(word);
        });
        state.ifPresent(word -> {
            where.append(" AND t.state = ?");
            params.add(word);
        });
        long total = db.count("SELECT count(*)" + FROM + where, params.toArray());
        params.add(limit);
        params.add(after);
        List<ObjectNode> nodes = db.all("SELECT " + COLUMNS + FROM + where + " ORDER BY " + sort.order + " LIMIT ? OFFSET ?",
                this::node, params.toArray());
        ObjectNode page = Json.object();
        page.putArray("nodes").addAll(nodes);
        page.put("total", total);
        if (after + nodes.size() < total) {
            page.put("next", Long.toString(after + nodes.size()));
        }
        return page;
    }

    private ObjectNode node(Db.Cells row) {
        Id id = Id.of(row.bytes(1));
        Hlc modified = Hlc.of(row.bytes(5));
        ObjectNode node = Json.object()
                .put("id", id.toString())
                .put("kind", row.text(2))
                .put("title", row.text(3))
                .put("owner", Header.PERSONAL)
                .put("created_at", Hlc.of(row.bytes(4)).millis())
                .put("modified_at", modified.millis())
                .put("hlc", modified.toString())
                .put("tombstoned", row.yes(6));
        ArrayNode aliases = node.putArray("aliases");
        row.text(15).lines().forEach(aliases::add);
        row.maybe(7).ifPresent(vault -> node.putObject("source").put("vault", vault).put("path", row.text(8)));
        row.maybe(9).ifPresent(state -> node.set("task", task(id, state, row)));
        return node;
    }

    private ObjectNode task(Id id, String state, Db.Cells row) {
        ObjectNode task = Json.object().put("state", state).put("attention", row.text(10));
        Optional<Recurring.Definition> repeats = row.yes(16) ? recurring.definition(id) : Optional.empty();
        Optional<Recurring.Due> due = repeats.filter(any -> state.equals(State.OUTSTANDING.word())).flatMap(recurring::due);
        task.set("do_date", dates.start(due.map(Recurring.Due::doDate).orElse(row.text(11))));
        task.set("late_on", dates.end(due.isPresent() ? due.get().lateOn().orElse(null) : row.text(12)));
        repeats.ifPresent(definition -> task.set("recurrence", RecurrenceJson.of(definition, due)));
        byte[] project = row.bytes(14);
        return task.put("committed", row.yes(13))
                .put("context", DerivedId.canonicalContext(id).toString())
                .put("project", project == null ? null : Id.of(project).toString());
    }
}
