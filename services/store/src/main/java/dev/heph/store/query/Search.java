package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.date.Now;
import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Full-text search over titles, aliases and bodies, the best first. */
public final class Search {
    /** A word in the title says more than one in an alias, and that more than one in the body. */
    private static final String RANK = "bm25(words, 10.0, 6.0, 1.0)";

    private final Db db;
    private final int space;
    private final Lookup lookup;
    private final Dates dates;
    private final Spelling spelling;

    public Search(Db db, int space, Lookup lookup, Dates dates) {
        this.db = db;
        this.space = space;
        this.lookup = lookup;
        this.dates = dates;
        this.spelling = new Spelling(db, space);
    }

    private record Found(long num, double score) {}

    private record Result(List<Found> found, long total) {}

    /** Whether something that was saved is not in the index yet. */
    public boolean isBehind() {
        return db.count("SELECT EXISTS (SELECT 1 FROM unindexed)") > 0;
    }

    /**
     * Asks the word index alone, where it alone can decide: there is one space, and the best are told from the others by their score.
     * Half as long for a word that is in every note.
     */
    private Optional<Result> quick(String match, int limit) {
        if (db.count("SELECT count(*) FROM spaces") != 1) {
            return Optional.empty();
        }
        long total = db.count("SELECT count(*) FROM words WHERE words MATCH ?", match);
        if (total > COMMON) {
            return Optional.of(new Result(common(match, limit), total));
        }
        List<Found> best = new ArrayList<>(db.all("SELECT rowid, " + RANK + " AS score FROM words WHERE words MATCH ? ORDER BY score LIMIT ?",
                row -> new Found(row.number(1), row.real(2)), match, limit + 1));
        boolean more = best.size() > limit;
        boolean tied = IntStream.range(1, best.size()).anyMatch(at -> best.get(at - 1).score() == best.get(at).score());
        if (tied) {
            return Optional.empty();
        }
        return Optional.of(new Result(more ? best.subList(0, limit) : best, total));
    }

    /**
     * Of what is in this many notes how often says little, and to weigh each of them takes long: first what is called so, then what came
     * last.
     */
    private List<Found> common(String match, int limit) {
        List<Found> found = new ArrayList<>(db.all("SELECT rowid, " + RANK + " AS score FROM words WHERE words MATCH ? ORDER BY score, rowid DESC LIMIT ?",
                row -> new Found(row.number(1), row.real(2)), "{title aliases} : (" + match + ")", limit));
        Set<Long> named = found.stream().map(Found::num).collect(Collectors.toSet());
        db.all("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?", row -> row.number(1), match, limit + named.size()).stream()
                .filter(num -> !named.contains(num))
                .limit(limit - found.size())
                .forEach(num -> found.add(new Found(num, 0)));
        return found;
    }

    private static final int COMMON = 1_500;

    /**
     * The best hits of what a person typed, narrowed also by {@code filters}. Where there are none, {@code did_you_mean} is a search
     * that has some, if one is near.
     */
    public ObjectNode search(String typed, List<Operator> filters, int limit) {
        Now now = new Now(LocalDateTime.ofInstant(dates.now(), dates.zone()), dates.dayStarts());
        WordQuery query = WordQuery.of(typed, now);
        Result result = find(query, filters, now, limit);
        ObjectNode answer = Json.object();
        answer.putArray("hits").addAll(result.found().stream().map(hit -> hit(hit, query)).toList());
        answer.put("total", result.total());
        if (result.total() == 0) {
            spelling.corrected(typed, query)
                    .filter(text -> find(WordQuery.of(text, now), filters, now, 1).total() > 0)
                    .ifPresent(text -> answer.put("did_you_mean", text));
        }
        return answer;
    }

    private Result find(WordQuery query, List<Operator> filters, Now now, int limit) {
        List<Operator> operators = Stream.concat(query.operators().stream(), filters.stream()).toList();
        Narrowing narrowing = new Narrowing(space, lookup, dates, now, operators);
        if (query.isEmpty() && filters.isEmpty()) {
            return new Result(List.of(), 0);
        }
        boolean plain = query.without().isEmpty() && operators.isEmpty();
        return Optional.of(query).filter(words -> plain).flatMap(WordQuery::match).flatMap(match -> quick(match, limit))
                .orElseGet(() -> thorough(query, narrowing, limit));
    }

    /** Asks the nodes of all that matches: which space they are in, what the operators say, which was changed last. */
    private Result thorough(WordQuery query, Narrowing narrowing, int limit) {
        List<Object> params = new ArrayList<>();
        query.match().ifPresent(params::add);
        params.add(space);
        query.without().ifPresent(params::add);
        params.addAll(narrowing.params());
        // An empty context document is not in the word index; without a word to look for it has to be left out here.
        String where = (query.match().isPresent()
                        ? " FROM words JOIN nodes h ON h.num = words.rowid WHERE words MATCH ? AND h.space = ?"
                        : " FROM nodes h WHERE h.kind IS NOT NULL AND h.tombstoned = 0 AND h.space = ?"
                                + " AND (h.context = 0 OR coalesce(h.body, '') <> '')")
                + (query.without().isPresent() ? " AND h.num NOT IN (SELECT rowid FROM words WHERE words MATCH ?)" : "")
                + narrowing.sql();
        long total = db.count("SELECT count(*)" + where, params.toArray());
        String score = query.match().isPresent() ? RANK : "0.0";
        params.add(limit);
        return new Result(db.all("SELECT h.num, " + score + " AS score" + where + " ORDER BY score, h.modified DESC, h.id LIMIT ?",
                row -> new Found(row.number(1), row.real(2)), params.toArray()), total);
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
