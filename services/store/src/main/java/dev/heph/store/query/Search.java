package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Full-text search over titles, aliases and bodies, the best first. */
public final class Search {
    /** A word in the title says more than one in an alias, and that more than one in the body. */
    private static final String RANK = "bm25(words, 10.0, 6.0, 1.0)";

    private final Db db;
    private final int space;

    public Search(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** What narrows a search: each filter, where given, must hold. {@code project} is an id. */
    public record Filters(Optional<String> kind, Optional<String> tag, Optional<Id> project, Optional<String> state) {}

    private static final Filters NO_FILTERS = new Filters(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private record Found(long num, double score) {}

    private record Result(List<Found> found, long total) {}

    /** Asks the nodes of all that matches: which space they are in, what the filters say, which was changed last. */
    private Result thorough(String where, WordQuery query, List<Object> params, int limit) {
        long total = db.count("SELECT count(*)" + where, params.toArray());
        String score = query.match().isPresent() ? RANK : "0.0";
        List<Object> limited = new ArrayList<>(params);
        limited.add(limit);
        return new Result(db.all("SELECT n.num, " + score + " AS score" + where + " ORDER BY score, n.modified DESC LIMIT ?",
                row -> new Found(row.number(1), row.real(2)), limited.toArray()), total);
    }

    /**
     * Asks the word index alone, where it alone can decide: there is one space, and the best are told from the others by their score.
     * Half as long for a word that is in every note.
     */
    private Optional<Result> quick(String match, int limit) {
        if (db.count("SELECT count(*) FROM spaces") != 1) {
            return Optional.empty();
        }
        List<Found> best = new ArrayList<>(db.all("SELECT rowid, " + RANK + " AS score FROM words WHERE words MATCH ? ORDER BY score LIMIT ?",
                row -> new Found(row.number(1), row.real(2)), match, limit + 1));
        boolean more = best.size() > limit;
        boolean tied = IntStream.range(1, best.size()).anyMatch(at -> best.get(at - 1).score() == best.get(at).score());
        if (tied) {
            return Optional.empty();
        }
        long total = more ? db.count("SELECT count(*) FROM words WHERE words MATCH ?", match) : best.size();
        return Optional.of(new Result(more ? best.subList(0, limit) : best, total));
    }

    public ObjectNode search(String typed, Filters filters, int limit) {
        WordQuery query = WordQuery.of(typed);
        ObjectNode answer = Json.object();
        if (query.isEmpty()) {
            answer.putArray("hits");
            return answer.put("total", 0);
        }
        List<Object> params = new ArrayList<>();
        String from = query.match().isPresent()
                ? " FROM words JOIN nodes n ON n.num = words.rowid WHERE words MATCH ?"
                : " FROM nodes n WHERE n.kind IS NOT NULL AND n.tombstoned = 0";
        query.match().ifPresent(params::add);
        // An empty context document is not in the word index; without a word to look for it has to be left out here.
        String empty = query.match().isPresent() ? "" : " AND (n.context = 0 OR coalesce(n.body, '') <> '')";
        String where = from + " AND n.space = ?" + empty + exclusion(query) + conditions(filters);
        params.add(space);
        query.without().ifPresent(params::add);
        add(filters, params);
        Optional<Result> quick = query.without().isEmpty() && filters.equals(NO_FILTERS) ? query.match().flatMap(match -> quick(match, limit))
                : Optional.empty();
        Result result = quick.orElseGet(() -> thorough(where, query, params, limit));
        List<Found> found = result.found();
        long total = result.total();
        answer.putArray("hits").addAll(found.stream().map(hit -> hit(hit, query)).toList());
        return answer.put("total", total);
    }

    private static String exclusion(WordQuery query) {
        return query.without().isPresent() ? " AND n.num NOT IN (SELECT rowid FROM words WHERE words MATCH ?)" : "";
    }

    private static String conditions(Filters filters) {
        StringBuilder where = new StringBuilder();
        filters.kind().ifPresent(kind -> where.append(" AND n.kind = ?"));
        filters.state().ifPresent(state -> where.append(
                " AND EXISTS (SELECT 1 FROM tasks t WHERE t.space = n.space AND t.id = n.id AND t.state = ?)"));
        filters.project().ifPresent(project -> where.append(
                " AND EXISTS (SELECT 1 FROM tasks t WHERE t.space = n.space AND t.id = n.id AND t.project = ?)"));
        filters.tag().ifPresent(tag -> where.append(
                " AND (EXISTS (SELECT 1 FROM tagged g WHERE g.space = n.space AND g.entity = n.id AND g.folded = ?)"
                        + " OR EXISTS (SELECT 1 FROM link_tags l JOIN names m ON m.space = l.space AND m.entity = l.dst"
                        + " WHERE l.space = n.space AND l.src = n.id AND l.type = 'tagged' AND m.folded = ?))"));
        return where.toString();
    }

    private static void add(Filters filters, List<Object> params) {
        filters.kind().ifPresent(params::add);
        filters.state().ifPresent(params::add);
        filters.project().ifPresent(project -> params.add(project.bytes()));
        filters.tag().ifPresent(tag -> {
            String folded = NameFold.fold(tag.startsWith("#") ? tag.substring(1) : tag);
            params.add(folded);
            params.add(folded);
        });
    }

    private ObjectNode hit(Found found, WordQuery query) {
        return db.first("SELECT id, kind, title, coalesce(body, ''), modified FROM nodes WHERE num = ?",
                        row -> Json.object()
                                .put("id", Id.of(row.bytes(1)).toString())
                                .put("kind", row.text(2))
                                .put("title", row.text(3))
                                .put("snippet", Snippet.of(row.text(4), query.wanted()))
                                .put("score", -found.score())
                                .put("modified_at", Hlc.of(row.bytes(5)).millis()),
                        found.num())
                .orElseThrow();
    }
}
