package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import dev.heph.store.query.Edges.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is near whom by links, whichever way they lead: breadth first, a level at a time. */
public final class Graph {
    /** Both sides of a search for a path together. */
    private static final int MOST_VISITED = 100_000;

    private final Db db;
    private final int space;
    private final Edges edges;

    public Graph(Db db, int space) {
        this.db = db;
        this.space = space;
        this.edges = new Edges(db, space);
    }

    /** Notes that no other links to, and that link to no other, the last changed first. */
    public ObjectNode orphans(int limit, long after) {
        String from = " FROM nodes n WHERE n.space = ?1 AND n.kind = 'doc' AND n.tombstoned = 0 AND n.context = 0"
                + " AND NOT EXISTS (SELECT 1 FROM refs r WHERE r.space = n.space AND r.src = n.id AND r.dst <> n.id)"
                + " AND NOT EXISTS (SELECT 1 FROM refs r JOIN nodes s ON s.space = r.space AND s.id = r.src AND s.tombstoned = 0"
                + " WHERE r.space = n.space AND r.dst = n.id AND r.src <> n.id)"
                + " AND NOT EXISTS (SELECT 1 FROM link_tags l JOIN nodes d ON d.space = l.space AND d.id = l.dst AND d.tombstoned = 0"
                + " WHERE l.space = n.space AND l.src = n.id AND " + Edges.EXPLICIT + ")"
                + " AND NOT EXISTS (SELECT 1 FROM link_tags l JOIN nodes s ON s.space = l.space AND s.id = l.src AND s.tombstoned = 0"
                + " WHERE l.space = n.space AND l.dst = n.id AND " + Edges.EXPLICIT + ")";
        long total = db.count("SELECT count(*)" + from, space);
        List<ObjectNode> orphans = db.all("SELECT n.id, n.kind, n.title, n.modified" + from
                        + " ORDER BY n.modified DESC, n.id LIMIT ?2 OFFSET ?3",
                row -> node(Id.of(row.bytes(1)), row.text(2), row.text(3))
                        .put("modified_at", Hlc.of(row.bytes(4)).millis()),
                space, limit, after);
        ObjectNode page = Json.object();
        page.putArray("nodes").addAll(orphans);
        page.put("total", total);
        if (after + orphans.size() < total) {
            page.put("next", Long.toString(after + orphans.size()));
        }
        return page;
    }

    /**
     * The nodes that at most {@code within} links lie between, the near ones first. {@code via} is the one before it on a shortest way.
     *
     * @param limit how many at most; {@code more} says that there are others
     */
    public ObjectNode neighbours(Id id, int within, int limit) {
        Set<Id> reached = new HashSet<>(Set.of(id));
        ObjectNode answer = Json.object();
        answer.set("node", node(id));
        ArrayNode neighbours = answer.putArray("neighbours");
        List<Id> level = List.of(id);
        boolean more = false;
        for (int distance = 1; distance <= within && !level.isEmpty() && !more; distance++) {
            List<Step> steps = edges.beyond(level, reached);
            int room = limit - neighbours.size();
            more = steps.size() > room;
            for (Step step : steps.subList(0, Math.min(room, steps.size()))) {
                neighbours.add(json(step).put("distance", distance).put("via", step.from().toString()));
            }
            level = steps.stream().map(Step::id).toList();
            reached.addAll(level);
        }
        return answer.put("more", more);
    }

    /** One side of a search for a path: how each node that it has reached was reached. */
    private static final class Side {
        private final Map<Id, Step> reached = new HashMap<>();
        private List<Id> level;

        Side(Id start) {
            level = List.of(start);
            reached.put(start, null);
        }

        /** Goes one line on from where it is. @return a node that the other side has reached too */
        Optional<Id> widen(Edges edges, Side other) {
            List<Step> steps = edges.beyond(level, reached.keySet());
            steps.forEach(step -> reached.put(step.id(), step));
            level = steps.stream().map(Step::id).toList();
            return level.stream().filter(other.reached::containsKey).findFirst();
        }

        /** The nodes from the start to {@code end}. */
        List<Id> way(Id end) {
            List<Id> way = new ArrayList<>(List.of(end));
            for (Step step = reached.get(end); step != null; step = reached.get(step.from())) {
                way.add(step.from());
            }
            Collections.reverse(way);
            return way;
        }
    }

    /**
     * A shortest path, looked for from both ends, on the side with less to look at first; without nodes if there is none.
     *
     * @throws HephException too-large if too many nodes had to be looked at
     */
    public ObjectNode path(Id from, Id to) {
        Side there = new Side(from);
        Side back = new Side(to);
        Optional<Id> met = from.equals(to) ? Optional.of(from) : Optional.empty();
        while (met.isEmpty() && !there.level.isEmpty() && !back.level.isEmpty()) {
            if (there.reached.size() + back.reached.size() > MOST_VISITED) {
                throw new HephException(Reason.TOO_LARGE, "no path was found among the nearest %,d nodes".formatted(MOST_VISITED));
            }
            met = there.level.size() <= back.level.size() ? there.widen(edges, back) : back.widen(edges, there);
        }
        ObjectNode answer = Json.object().put("found", met.isPresent());
        ArrayNode path = answer.putArray("path");
        met.ifPresent(middle -> {
            List<Id> way = there.way(middle);
            way.addAll(back.way(middle).reversed().subList(1, back.way(middle).size()));
            path.add(node(from));
            for (int at = 1; at < way.size(); at++) {
                path.add(step(way.get(at - 1), way.get(at)));
            }
        });
        return answer;
    }

    private ObjectNode step(Id from, Id to) {
        Step step = edges.beyond(List.of(from), Set.of()).stream().filter(one -> one.id().equals(to)).findFirst().orElseThrow();
        ObjectNode json = json(step);
        db.first("SELECT line, target FROM refs WHERE space = ? AND src = ? AND dst = ? ORDER BY ordinal LIMIT 1",
                        row -> Sentence.around(row.text(1), row.text(2)),
                        space, (step.out() ? from : to).bytes(), (step.out() ? to : from).bytes())
                .ifPresent(context -> json.put("context", context));
        return json;
    }

    private static ObjectNode json(Step step) {
        return node(step.id(), step.kind(), step.title()).put("type", step.type()).put("direction", step.out() ? "out" : "in");
    }

    private ObjectNode node(Id id) {
        return db.first("SELECT kind, title FROM nodes WHERE space = ? AND id = ?",
                row -> node(id, row.text(1), row.text(2)), space, id.bytes()).orElseThrow();
    }

    private static ObjectNode node(Id id, String kind, String title) {
        return Json.object().put("id", id.toString()).put("kind", kind).put("title", title);
    }
}
