package dev.heph.store.query;

import dev.heph.model.id.Id;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines of the graph: links that people made and references in texts, each walked both ways. Tags and projects sort, they do
 * not link: by a tag that everything has, everything would be near everything.
 */
final class Edges {
    /** Of the links that people made, those that are lines. */
    static final String EXPLICIT = "l.type NOT IN ('alias', 'tagged')";

    /**
     * Ids as text, for there is no list of parameters. CROSS JOIN lets SQLite walk from the few to the many; from a common table
     * expression it would first read all of a table into a Bloom filter.
     */
    private static final String THESE = " FROM json_each(?2) f CROSS JOIN ";

    private static final String ALL = "SELECT f.key, l.dst, l.type, 1" + THESE
            + "link_tags l ON l.space = ?1 AND l.src = unhex(f.value) AND " + EXPLICIT
            + " UNION ALL SELECT f.key, r.dst, 'wiki', 1" + THESE + "refs r ON r.space = ?1 AND r.src = unhex(f.value) AND r.dst IS NOT NULL"
            + " UNION ALL SELECT f.key, l.src, l.type, 0" + THESE
            + "link_tags l ON l.space = ?1 AND l.dst = unhex(f.value) AND " + EXPLICIT
            + " UNION ALL SELECT f.key, r.src, 'wiki', 0" + THESE + "refs r ON r.space = ?1 AND r.dst = unhex(f.value)";

    private static final String VISIBLE = "SELECT f.key, n.kind, n.title" + THESE
            + "nodes n ON n.space = ?1 AND n.id = unhex(f.value) AND n.kind IS NOT NULL AND n.tombstoned = 0";

    private final Db db;
    private final int space;

    Edges(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /**
     * A line as it is walked to a node.
     *
     * @param from the node before
     * @param out whether the link leads the same way, from {@code from} to the node
     */
    record Step(Id from, Id id, String kind, String title, String type, boolean out) {}

    private record Line(int at, Id id, String type, boolean out) {}

    private record Seen(int at, String kind, String title) {}

    /** The nodes one line on from {@code level} and not in {@code reached}, each once, by the order of the level and then by title. */
    List<Step> beyond(List<Id> level, Set<Id> reached) {
        Map<Id, Line> lines = new LinkedHashMap<>();
        db.all(ALL, row -> new Line((int) row.number(1), Id.of(row.bytes(2)), row.text(3), row.yes(4)), space, json(level)).stream()
                .filter(line -> !reached.contains(line.id()))
                .forEach(line -> lines.putIfAbsent(line.id(), line));
        List<Line> ends = new ArrayList<>(lines.values());
        Comparator<Seen> order = Comparator.<Seen>comparingInt(seen -> ends.get(seen.at()).at())
                .thenComparing(Seen::title, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(seen -> ends.get(seen.at()).id());
        return db.all(VISIBLE, row -> new Seen((int) row.number(1), row.text(2), row.text(3)), space, json(lines.keySet())).stream()
                .sorted(order)
                .map(seen -> step(level, ends.get(seen.at()), seen))
                .toList();
    }

    private static Step step(List<Id> level, Line line, Seen seen) {
        return new Step(level.get(line.at()), line.id(), seen.kind(), seen.title(), line.type(), line.out());
    }

    private static String json(Collection<Id> ids) {
        return ids.stream().map(id -> '"' + HexFormat.of().formatHex(id.bytes()) + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
