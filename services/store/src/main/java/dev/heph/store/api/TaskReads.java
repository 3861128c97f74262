package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.store.command.Params;
import dev.heph.store.log.NewId;
import dev.heph.store.query.Attached;
import dev.heph.store.query.Db;
import dev.heph.store.query.FreshLists;
import dev.heph.store.query.Lookup;
import dev.heph.store.query.OpenTasks;
import dev.heph.store.query.Projects;
import dev.heph.store.query.RecurrenceJson;
import dev.heph.store.query.Recurring;
import dev.heph.store.query.Tags;
import dev.heph.store.query.TaskList;
import dev.heph.store.query.Tasks;
import dev.heph.store.query.Totals;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** The methods that read tasks, and what they are sorted by. */
final class TaskReads {
    private static final int MAX_PAGE = 10_000;

    private final Db db;
    private final Lookup lookup;
    private final OpenTasks open;
    private final TaskList list;
    private final Tasks tasks;
    private final Totals totals;
    private final Projects projects;
    private final Tags tags;
    private final Attached attached;
    private final Recurring recurring;
    private final FreshLists lists;
    private final Reads reads;
    private final InstantSource clock;

    TaskReads(Reads reads, Db db, Lookup lookup, OpenTasks open, TaskList list, Tasks tasks, Recurring recurring, int space,
            InstantSource clock) {
        this.clock = clock;
        this.recurring = recurring;
        this.reads = reads;
        this.list = list;
        this.db = db;
        this.lookup = lookup;
        this.open = open;
        this.tasks = tasks;
        this.totals = new Totals(db, space);
        this.projects = new Projects(db, space);
        this.tags = new Tags(db, space);
        this.lists = new FreshLists(db, space, recurring);
        this.attached = new Attached(db, space, lists);
    }

    JsonNode next(Params params) {
        int limit = limit(params);
        return db.read(() -> tasks.next(open(params, limit), limit, scope(params)));
    }

    JsonNode board(Params params) {
        int limit = limit(params);
        return db.read(() -> {
            ObjectNode board = tasks.board(open(params, limit), limit, scope(params), params.flag("explain", false));
            totals.notSyncedSince(clock.instant()).ifPresent(since -> board.put("not_synced_since", since.toEpochMilli()));
            return board;
        });
    }

    JsonNode list(Params params) {
        TaskList.Sort sort = params.word("sort", TaskList.Sort.words())
                .map(word -> TaskList.Sort.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(TaskList.Sort.DO);
        long after = params.maybeText("after").map(Params::offset).orElse(0L);
        int limit = (int) params.number("limit", 100, 1, MAX_PAGE);
        if (params.maybeText("where").isPresent()) { // it may ask for words
            reads.index();
        }
        return db.read(() -> list.page(params.maybeText("where"), params.maybeText("usual"), sort, limit, after));
    }

    JsonNode occurrences(Params params) {
        int most = (int) params.number("limit", 50, 1, MAX_PAGE);
        return db.read(() -> {
            Id id = lookup.require(params.text("id"));
            Recurring.Definition definition = recurring.definition(id)
                    .orElseThrow(() -> new HephException(Reason.CONFLICT, "this task does not repeat"));
            return RecurrenceJson.history(definition, recurring.now(definition.recurrence()), most, 5, lists.of(id));
        });
    }

    JsonNode coming(Params params) {
        return db.read(() -> recurring.coming(params.day("until"), (int) params.number("limit", 1_000, 1, MAX_PAGE)));
    }

    JsonNode waiting() {
        return db.read(list::waiting);
    }

    JsonNode onDeck() {
        return db.read(() -> tasks.onDeck(open.all()));
    }

    JsonNode counts() {
        return db.read(() -> tasks.workingSet(open.now(0)).setAll(totals.json()));
    }

    JsonNode totals() {
        return db.read(totals::json);
    }

    Optional<NewId> newId() {
        return db.read(totals::newId);
    }

    JsonNode projects() {
        return db.read(projects::all);
    }

    JsonNode tags() {
        return db.read(tags::all);
    }

    JsonNode items(Params params) {
        return db.read(() -> attached.items(lookup.require(params.text("container"))));
    }

    JsonNode log(Params params) {
        return db.read(() -> attached.log(lookup.require(params.text("id"))));
    }

    /** All open tasks where all are needed: within a scope and for explanations. */
    private OpenTasks.WorkingSet open(Params params, int limit) {
        return params.maybeText("scope").isPresent() || params.flag("explain", false) ? open.all() : open.now(limit);
    }

    private static int limit(Params params) {
        return (int) params.number("limit", 5, 1, MAX_PAGE);
    }

    /** The project, tag or other node that a scope names; {@code @project} and {@code #tag} say which of them. */
    private Optional<Id> scope(Params params) {
        return params.maybeText("scope").map(name -> switch (name.isEmpty() ? ' ' : name.charAt(0)) {
            case '@' -> lookup.named(name.substring(1), Optional.of(Kind.PROJECT));
            case '#' -> lookup.named(name.substring(1), Optional.of(Kind.TAG));
            default -> lookup.one(name, Optional.of(Kind.PROJECT)).orElseGet(() -> lookup.named(name, Optional.empty()));
        });
    }
}
