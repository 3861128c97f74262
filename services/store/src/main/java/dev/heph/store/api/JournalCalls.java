package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.runtime.Json;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.Params;
import dev.heph.store.query.Db;
import dev.heph.store.query.Journals;
import java.util.List;
import java.util.Optional;

/** The methods about the journals of days. */
final class JournalCalls {
    private static final String DAY = "date";

    private final Transactions transactions;
    private final Reads reads;
    private final Db db;
    private final Journals journals;

    JournalCalls(Transactions transactions, Reads reads, Db db, Journals journals) {
        this.transactions = transactions;
        this.reads = reads;
        this.db = db;
        this.journals = journals;
    }

    /** {@code {node}}: null if the day has none. */
    JsonNode of(Params params) {
        return db.read(() -> Json.object().set("node", journals.of(params.day(DAY)).<JsonNode>map(reads::nodeWithin).orElse(Json.object().nullNode())));
    }

    JsonNode near(Params params) {
        return db.read(() -> Json.object()
                .<ObjectNode>set("previous", listed(journals.before(params.day(DAY))))
                .set("next", listed(journals.after(params.day(DAY)))));
    }

    JsonNode open(Params params, String client) {
        return transactions.write(client,
                change -> journals.of(params.day(DAY)).orElseGet(() -> NodeCommands.create(change, Kind.JOURNAL, params.text(DAY), Optional.empty())),
                reads::nodeWithin);
    }

    /** As in a list, without its text. */
    private JsonNode listed(Optional<Id> journal) {
        return journal.<JsonNode>map(id -> reads.nodeWithin(id).without(List.of("body", "rev"))).orElse(Json.object().nullNode());
    }
}
