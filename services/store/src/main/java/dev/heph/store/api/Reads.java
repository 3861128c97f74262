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
import dev.heph.store.query.Db;
import dev.heph.store.query.Exports;
import dev.heph.store.query.Links;
import dev.heph.store.query.Lookup;
import dev.heph.store.query.Nodes;
import dev.heph.store.query.Search;
import dev.heph.store.query.Tasks;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The methods that only read. */
final class Reads {
    private static final int MAX_PAGE = 10_000;
    private static final int MAX_QUERY_LENGTH = 2_000;

    private final Db db;
    private final Lookup lookup;
    private final Nodes nodes;
    private final Links links;
    private final Search search;
    private final Tasks tasks;
    private final Exports exports;
    private final Doctor doctor;

    Reads(Db db, Lookup lookup, Nodes nodes, Links links, Search search, Tasks tasks, Exports exports, Doctor doctor) {
        this.db = db;
        this.lookup = lookup;
        this.nodes = nodes;
        this.links = links;
        this.search = search;
        this.tasks = tasks;
        this.exports = exports;
        this.doctor = doctor;
    }

    <T> T run(Supplier<T> query) {
        return db.read(query);
    }

    /** The visible node that a param names by its id or the end of it. */
    Id id(Params params, String name) {
        String text = params.text(name);
        return db.read(() -> lookup.require(text));
    }

    /** As {@link #id}, but a whole id may also be that of a deleted node. */
    Id idEvenDeleted(Params params, String name) {
        return Id.parse(params.text(name)).orElseGet(() -> id(params, name));
    }

    JsonNode nodeGet(Params params) {
        return db.read(() -> nodes.get(lookup.require(params.text("id"))));
    }

    JsonNode nodeList(Params params) {
        Nodes.Sort sort = params.word("sort", java.util.List.of("title", "modified", "created"))
                .map(word -> Nodes.Sort.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Nodes.Sort.MODIFIED);
        long after = params.maybeText("after").map(Reads::offset).orElse(0L);
        int limit = (int) params.number("limit", 100, 1, MAX_PAGE);
        return db.read(() -> nodes.list(params.word("kind", Kind.words()), params.word("state", State.words()), sort, limit, after));
    }

    private static long offset(String next) {
        if (!next.matches("\\d{1,15}")) {
            throw new HephException(Reason.INVALID_PARAMS, "'after' is the 'next' of the page before, not '" + next + "'");
        }
        return Long.parseLong(next);
    }

    JsonNode nodeResolve(Params params) {
        Optional<Kind> kind = params.word("kind", Kind.words()).flatMap(Kind::of);
        return db.read(() -> lookup.resolve(params.text("name"), kind, nodes));
    }

    JsonNode search(Params params) {
        String query = params.text("query");
        if (query.length() > MAX_QUERY_LENGTH) {
            throw new HephException(Reason.TOO_LARGE, "a query has at most " + MAX_QUERY_LENGTH + " characters");
        }
        Params filters = params.within("filters");
        int limit = (int) params.number("limit", 20, 1, MAX_PAGE);
        return db.read(() -> search.search(query, new Search.Filters(
                filters.word("kind", Kind.words()),
                filters.maybeText("tag"),
                filters.maybeText("project").map(this::project),
                filters.word("state", State.words())), limit));
    }

    /** A project by name, id or the end of one. */
    private Id project(String name) {
        JsonNode found = lookup.resolve(name, Optional.of(Kind.PROJECT), nodes);
        return Optional.ofNullable(found.path("node").path("id").textValue())
                .flatMap(Id::parse)
                .orElseThrow(() -> new HephException(Reason.NOT_FOUND, "no project '" + name + "'. Try: heph list --kind project"));
    }

    JsonNode outgoing(Params params) {
        return db.read(() -> links.outgoing(lookup.require(params.text("id"))));
    }

    JsonNode backlinks(Params params) {
        return db.read(() -> links.backlinks(lookup.require(params.text("id"))));
    }

    JsonNode next(Params params) {
        int limit = (int) params.number("limit", 5, 1, MAX_PAGE);
        return db.read(() -> tasks.next(limit, params.maybeText("scope").map(this::project)));
    }

    JsonNode counts() {
        return db.read(tasks::counts);
    }

    JsonNode exportPage(Params params) {
        Id after = params.maybeText("after").map(text -> Id.parse(text)
                        .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'after' is no id")))
                .orElse(new Id(0, 0));
        int limit = (int) params.number("limit", 200, 1, MAX_PAGE);
        return db.read(() -> exports.page(after, limit));
    }

    JsonNode doctor(Params params) {
        ObjectNode answer = Json.object();
        var checks = answer.putArray("checks");
        boolean ok = true;
        for (Doctor.Check check : doctor.run(params.flag("rebuild_check", false))) {
            checks.addObject().put("name", check.name()).put("ok", check.ok()).put("detail", check.detail());
            ok &= check.ok();
        }
        return answer.put("ok", ok);
    }
}
