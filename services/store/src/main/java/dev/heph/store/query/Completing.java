package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.runtime.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody who types a title may mean: by titles and aliases alone, so that it can be asked at every letter. */
public final class Completing {
    /** Names first, whatever the planner thinks: few of them fit. */
    private static final String FOUND = "SELECT n.id, n.kind, n.title, m.name FROM names m"
            + " CROSS JOIN nodes n ON n.space = m.space AND n.id = m.entity AND n.context = 0"
            + " LEFT JOIN tasks t ON t.space = n.space AND t.id = n.id"
            + " WHERE m.space = ? AND coalesce(n.kind = ?, 1) AND coalesce(t.state = ?, ? IS NULL)";

    /** Behind every letter there is. */
    private static final String END = Character.toString(Character.MAX_CODE_POINT);

    private final Db db;
    private final int space;

    public Completing(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** {@code [{id, kind, title, name}]}: names that begin so, the short ones first; then those in which every word is, at the beginning of a word first. */
    public ArrayNode of(String typed, Optional<String> kind, Optional<String> state, int limit) {
        String folded = NameFold.fold(typed);
        Map<Id, ObjectNode> found = new LinkedHashMap<>();
        List<Object> params = new ArrayList<>(Arrays.asList(space, kind.orElse(null), state.orElse(null), state.orElse(null)));
        params.addAll(List.of(folded, folded + END, limit));
        put(found, FOUND + " AND m.folded >= ? AND m.folded < ? ORDER BY length(m.folded), m.rank, n.modified DESC, n.id LIMIT ?", params);
        List<String> words = Arrays.stream(folded.split(" ")).filter(word -> !word.isEmpty()).toList();
        if (found.size() < limit && !words.isEmpty()) {
            params = new ArrayList<>(Arrays.asList(space, kind.orElse(null), state.orElse(null), state.orElse(null)));
            params.addAll(words);
            params.addAll(List.of(" " + words.getFirst(), limit));
            // Every name is after the empty one. Said so, SQLite reads the names themselves, one after the other, and not by way of an index.
            put(found, FOUND + " AND m.folded > ''" + " AND instr(m.folded, ?) > 0".repeat(words.size())
                    + " ORDER BY instr(' ' || m.folded, ?) = 0, length(m.folded), m.rank, n.modified DESC, n.id LIMIT ?", params);
        }
        ArrayNode names = Json.MAPPER.createArrayNode();
        found.values().stream().limit(limit).forEach(names::add);
        return names;
    }

    private void put(Map<Id, ObjectNode> found, String sql, List<Object> params) {
        db.all(sql, row -> found.putIfAbsent(Id.of(row.bytes(1)), Json.object()
                .put("id", Id.of(row.bytes(1)).toString())
                .put("kind", row.text(2))
                .put("title", row.text(3))
                .put("name", row.text(4))), params.toArray());
    }
}
