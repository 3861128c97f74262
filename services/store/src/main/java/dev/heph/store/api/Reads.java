package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.query.Completing;
import dev.heph.store.query.Db;
import dev.heph.store.query.Exports;
import dev.heph.store.query.Files;
import dev.heph.store.query.Graph;
import dev.heph.store.query.Links;
import dev.heph.store.query.Lookup;
import dev.heph.store.query.Missing;
import dev.heph.store.query.Nodes;
import dev.heph.store.query.Operator;
import dev.heph.store.query.Search;
import dev.heph.store.query.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The methods that only read. */
final class Reads {
    private static final int MAX_PAGE = 10_000;
    private static final int MAX_DISTANCE = 5;
    private static final int MAX_QUERY_LENGTH = 2_000;

    private final Db db;
    private final Lookup lookup;
    private final Nodes nodes;
    private final Links links;
    private final Texts texts;
    private final Graph graph;
    private final Missing missing;
    private final Search search;
    private final Completing completing;
    private final Exports exports;
    private final Files files;
    private final Doctor doctor;
    private final Runnable indexing;

    Reads(Db db, Lookup lookup, Nodes nodes, Links links, Texts texts, Graph graph, Missing missing, Search search, Completing completing,
            Exports exports, Files files, Doctor doctor, Runnable indexing) {
        this.indexing = indexing;
        this.db = db;
        this.lookup = lookup;
        this.nodes = nodes;
        this.links = links;
        this.texts = texts;
        this.graph = graph;
        this.missing = missing;
        this.search = search;
        this.completing = completing;
        this.exports = exports;
        this.files = files;
        this.doctor = doctor;
    }

    /** A node as an answer shows it; to be called within a transaction. */
    ObjectNode nodeWithin(Id id) {
        return nodes.get(id);
    }

    /** A checkbox that is no task; to be called within a transaction. */
    Optional<ObjectNode> item(Id id) {
        return nodes.box(id);
    }

    String title(Id id) {
        return db.read(() -> nodes.title(id));
    }

    /** The visible node that a param names by its id or the end of it. */
    Id id(Params params, String name) {
        return id(params.text(name));
    }

    /** The visible node of this id or end of one. */
    Id id(String text) {
        return db.read(() -> lookup.require(text));
    }

    /** As {@link #id}, or an occurrence of a task that repeats. */
    Id row(String text) {
        return db.read(() -> lookup.requireRow(text));
    }

    /** As {@link #id}, but a deleted one will do too, by its id, the end of that or its title. */
    Id idOfHistory(Params params) {
        return db.read(() -> lookup.requireEvenDeleted(params.text("id")));
    }

    /** As {@link #id}, but a whole id may also be that of a deleted node. */
    Id idEvenDeleted(String text) {
        return Id.parse(text).orElseGet(() -> id(text));
    }

    /** The nodes that the param {@code id} or, for several, {@code ids} names, each once. @param named finds one */
    static List<Id> ids(Params params, Function<String, Id> named) {
        List<String> several = params.texts("ids");
        Optional<String> one = params.maybeText("id");
        if (several.isEmpty() == one.isEmpty()) {
            throw new HephException(Reason.INVALID_PARAMS, "'id' is missing; or 'ids', for several: give one of the two");
        }
        return one.map(List::of).orElse(several).stream().map(named).distinct().toList();
    }

    /** What a task waits for, whether it is done or not. */
    List<Id> blockers(Id task) {
        return db.read(() -> links.backlinks(task)).valueStream()
                .filter(link -> link.path("type").asText().equals("blocks"))
                .map(link -> id(link.path("src").asText()))
                .toList();
    }

    JsonNode nodeGet(Params params) {
        Optional<String> anchor = params.maybeText("anchor");
        return db.read(() -> nodes.get(lookup.require(params.text("id")), anchor));
    }

    JsonNode nodeList(Params params) {
        Nodes.Sort sort = params.word("sort", List.of("title", "modified", "created"))
                .map(word -> Nodes.Sort.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Nodes.Sort.MODIFIED);
        return db.read(() -> nodes.list(
                params.word("kind", Kind.words()), params.word("state", State.words()), params.flag("deleted", false),
                sort, limit(params), after(params)));
    }

    JsonNode nodeComplete(Params params) {
        int limit = (int) params.number("limit", 20, 1, MAX_PAGE);
        return db.read(() -> completing.of(params.maybeText("text").orElse(""), params.word("kind", Kind.words()), params.word("state", State.words()), limit));
    }

    JsonNode nodeResolve(Params params) {
        Optional<Kind> kind = params.word("kind", Kind.words()).flatMap(Kind::of);
        boolean deleted = params.flag("deleted", false);
        String name = params.text("name");
        return db.read(() -> deleted ? lookup.resolveEvenDeleted(name, kind, nodes) : lookup.resolve(name, kind, nodes));
    }

    /** Lets the word index catch up with what was saved: to be called before it is asked, outside of a read. */
    void index() {
        if (db.read(search::isBehind)) {
            indexing.run();
        }
    }

    JsonNode search(Params params) {
        String query = params.text("query");
        if (query.length() > MAX_QUERY_LENGTH) {
            throw new HephException(Reason.TOO_LARGE, "a query has at most " + MAX_QUERY_LENGTH + " characters");
        }
        Params within = params.within("filters");
        List<Operator> filters = new ArrayList<>();
        within.word("kind", Kind.words()).ifPresent(kind -> filters.add(Operator.of(Operator.Key.KIND, kind)));
        within.maybeText("tag").ifPresent(tag -> filters.add(Operator.of(Operator.Key.TAG, tag)));
        within.maybeText("project").ifPresent(project -> filters.add(Operator.of(Operator.Key.PROJECT, project)));
        within.word("state", State.words()).ifPresent(state -> filters.add(Operator.of(Operator.Key.STATE, state)));
        int limit = (int) params.number("limit", 20, 1, MAX_PAGE);
        index();
        return db.read(() -> search.search(query, filters, limit));
    }

    JsonNode outgoing(Params params) {
        return db.read(() -> links.outgoing(lookup.require(params.text("id"))));
    }

    JsonNode backlinks(Params params) {
        return db.read(() -> links.backlinks(lookup.require(params.text("id"))));
    }

    JsonNode textRead(Params params) {
        return db.read(() -> texts.read(lookup.require(params.text("id")), params.maybeText("body")));
    }

    JsonNode unresolved(Params params) {
        return db.read(() -> missing.page(params.flag("files", false), limit(params), after(params)));
    }

    JsonNode orphans(Params params) {
        return db.read(() -> graph.orphans(limit(params), after(params)));
    }

    JsonNode neighbours(Params params) {
        int within = (int) params.number("within", 1, 1, MAX_DISTANCE);
        return db.read(() -> graph.neighbours(lookup.require(params.text("id")), within, limit(params)));
    }

    JsonNode path(Params params) {
        return db.read(() -> graph.path(lookup.require(params.text("from")), lookup.require(params.text("to"))));
    }

    private static int limit(Params params) {
        return (int) params.number("limit", 100, 1, MAX_PAGE);
    }

    private static long after(Params params) {
        return params.maybeText("after").map(Params::offset).orElse(0L);
    }

    JsonNode exportPage(Params params) {
        Id after = params.maybeText("after").map(text -> Id.parse(text)
                        .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'after' is no id")))
                .orElse(new Id(0, 0));
        int limit = (int) params.number("limit", 200, 1, MAX_PAGE);
        return db.read(() -> exports.page(after, limit));
    }

    JsonNode importFiles(Params params) {
        return db.read(() -> files.of(params.text("vault")));
    }

    /** @param still runs what it is given while all that is here shows and nobody writes */
    JsonNode doctor(Params params, Consumer<Runnable> still) {
        indexIfRoom();
        ObjectNode answer = Json.object();
        var checks = answer.putArray("checks");
        boolean ok = true;
        for (Doctor.Check check : doctor.run(params.flag("rebuild_check", false), still)) {
            checks.add(check.json());
            ok &= check.ok();
        }
        return answer.put("ok", ok);
    }

    private void indexIfRoom() {
        try {
            index();
        } catch (HephException e) {
            if (e.reason() != Reason.NO_SPACE) {
                throw e;
            }
        }
    }
}
