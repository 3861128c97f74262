package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.store.command.ConflictCommands;
import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.Params;
import dev.heph.store.query.ConflictList;
import dev.heph.store.query.Db;
import dev.heph.store.query.Nodes;
import java.util.Optional;

/** The methods {@code conflicts.list} and {@code conflicts.resolve}. */
final class Settlements {
    private static final int MAX_PAGE = 10_000;

    private final Transactions transactions;
    private final Db db;
    private final ConflictList conflicts;

    Settlements(Transactions transactions, Db db, ConflictList conflicts) {
        this.transactions = transactions;
        this.db = db;
        this.conflicts = conflicts;
    }

    JsonNode list(Params params) {
        long after = params.maybeText("after").map(Params::offset).orElse(0L);
        return db.read(() -> conflicts.page((int) params.number("limit", 100, 1, MAX_PAGE), after));
    }

    JsonNode resolve(Params params, String client) {
        Choice choice = choice(params);
        return transactions.write(client, change -> ConflictCommands.settle(change, db.read(() -> conflicts.named(params.text("id"))), choice),
                about -> {
                    ObjectNode settled = Json.object().put("ok", true).put("id", about.toString());
                    conflicts.subject(about).ifPresent(node -> settled.set("node", node));
                    return settled;
                });
    }

    private static Choice choice(Params params) {
        Optional<String> value = params.maybeText("value");
        Optional<String> side = params.maybeText("choice");
        if (value.isPresent() == side.isPresent()) {
            throw invalid("how is it to be settled? Give 'choice' (the number of a side, or merged) or 'value'");
        }
        if (value.isPresent()) {
            return new Choice.New(value.get(), params.maybeText("base").map(Nodes::version));
        }
        if (side.get().equals("merged")) {
            return new Choice.Merged();
        }
        if (!side.get().matches("\\d{1,4}")) {
            throw invalid("'choice' is the number of a side, or merged; not '" + side.get() + "'");
        }
        return new Choice.Side(Integer.parseInt(side.get()));
    }

    private static HephException invalid(String message) {
        return new HephException(Reason.INVALID_PARAMS, message);
    }
}
