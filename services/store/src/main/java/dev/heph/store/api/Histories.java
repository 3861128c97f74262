package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.command.TaskStates;
import dev.heph.store.history.Everything;
import dev.heph.store.history.NodeHistory;
import dev.heph.store.history.Restoration;
import dev.heph.store.history.Then;
import dev.heph.store.log.Space;
import dev.heph.store.query.Dates;
import dev.heph.store.query.Db;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Change;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The methods {@code history}, {@code node.restore} and {@code restore}. */
final class Histories {
    private static final int MAX_PAGE = 1_000;

    private final Transactions transactions;
    private final Reads reads;
    private final Db db;
    private final Recurring recurring;
    private final Space space;
    private final Dates dates;

    Histories(Transactions transactions, Reads reads, Db db, Recurring recurring, Space space, Dates dates) {
        this.transactions = transactions;
        this.reads = reads;
        this.db = db;
        this.recurring = recurring;
        this.space = space;
        this.dates = dates;
    }

    JsonNode history(Params params) {
        Id id = reads.idOfHistory(params);
        int limit = (int) params.number("limit", 50, 1, MAX_PAGE);
        long below = params.maybeText("after").map(Params::offset).orElse(Long.MAX_VALUE);
        return db.read(tx -> new NodeHistory(tx, space, id).page(limit, below));
    }

    JsonNode nodeRestore(Params params, String client) {
        boolean look = params.flag("dry_run", false);
        Optional<Then> to = params.maybeText("to").map(this::then);
        // What was ticked is brought back with each occurrence, so the change ticks in none of its own accord.
        return transactions.run(client, transactions::plain, (tx, change) -> {
            Id id = reads.idOfHistory(params);
            Restoration restoration = new NodeHistory(tx, space, id).to(to.orElseGet(() -> undeleted(change, id)));
            restoration.requireFreeNames(change);
            restoration.carryOut(change);
            new TaskStates(change, recurring).followTicks();
            if (look) {
                change.backTo(0);
            }
            var answer = Json.object().put("id", id.toString()).put("title", reads.title(id));
            answer.set("changes", restoration.changes());
            answer.set("left", restoration.left());
            return answer.put("done", !look);
        });
    }

    JsonNode restore(Params params, String client) {
        boolean look = params.flag("dry_run", false);
        long to = moment(params.text("to")).toEpochMilli();
        return transactions.run(client, transactions::plain, (tx, change) -> {
            Everything everything = new Everything(tx, space, to);
            everything.carryOut(change);
            if (look) {
                change.backTo(0);
            }
            return everything.json().put("to", to).put("done", !look);
        });
    }

    private static Then undeleted(Change change, Id id) {
        if (!change.isTombstoned(id)) {
            throw new HephException(Reason.INVALID_PARAMS,
                    "'to' is missing, and the note is not deleted: to which row of its history, or what moment?");
        }
        return new Then.Undeleted();
    }

    private Then then(String to) {
        return to.matches("\\d{1,9}") ? new Then.Row(Integer.parseInt(to))
                : Id.parse(to).<Then>map(Then.Action::new).orElseGet(() -> new Then.Moment(moment(to).toEpochMilli()));
    }

    /** A local date or date-time, or an instant; one that is past. */
    private Instant moment(String text) {
        try {
            Instant moment = text.endsWith("Z") ? Instant.parse(text) : dates.at(text, false);
            if (moment.isAfter(dates.time().instant())) {
                throw new HephException(Reason.INVALID_PARAMS,
                        "'to' is " + text + ", which is to come: say a moment that is past, such as yesterday or -1");
            }
            return moment;
        } catch (DateTimeException e) {
            throw new HephException(Reason.INVALID_PARAMS,
                    "'to' is a moment like 2026-11-21T09:00, or for one note a row of its history, not '" + text + "'");
        }
    }
}
