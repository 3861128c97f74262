package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.db.Tx;
import dev.heph.store.replica.Deed;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Undo;
import java.util.Optional;
import java.util.function.Function;

/** The methods {@code undo} and {@code redo}. */
final class Undoing {
    private final Transactions transactions;
    private final Replica replica;

    Undoing(Transactions transactions, Replica replica) {
        this.transactions = transactions;
        this.replica = replica;
    }

    JsonNode undo(Params params, String client) {
        return run(params, client, Undo::undo, "there is nothing to undo on this device");
    }

    JsonNode redo(Params params, String client) {
        return run(params, client, Undo::redo, "there is nothing to redo: nothing was undone, or something was done since");
    }

    private JsonNode run(Params params, String client, Function<Undo, Optional<Undo.Step>> which, String nothing) {
        boolean look = params.flag("dry_run", false);
        Undo.Step[] step = new Undo.Step[1];
        return transactions.run(client,
                tx -> {
                    step[0] = which.apply(new Undo(replica, tx))
                            .orElseThrow(() -> new HephException(Reason.NOT_FOUND, nothing));
                    return replica.change(tx, step[0].by(), true);
                },
                (tx, change) -> {
                    ObjectNode answer = answer(tx, step[0]).put("done", !look);
                    if (!look) {
                        new Undo(replica, tx).run(step[0], change);
                    }
                    return answer;
                });
    }

    private ObjectNode answer(Tx tx, Undo.Step step) {
        Deed deed = Deed.of(step, id -> title(tx, id));
        ObjectNode answer = Json.object().put("label", deed.label());
        var ids = answer.putArray("ids");
        deed.about().forEach(id -> ids.add(id.toString()));
        return answer;
    }

    private Optional<String> title(Tx tx, Id id) {
        return tx.first("SELECT title FROM nodes WHERE space = ? AND id = ? AND context = 0", row -> row.getString(1),
                replica.space().num(), id);
    }
}
