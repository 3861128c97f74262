package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.db.Tx;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Deed;
import dev.heph.store.replica.Kept;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Undo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The methods {@code undo} and {@code redo}. */
final class Undoing {
    private final Transactions transactions;
    private final Replica replica;

    Undoing(Transactions transactions, Replica replica) {
        this.transactions = transactions;
        this.replica = replica;
    }

    JsonNode undo(Params params, String client) {
        boolean over = params.flag("over", false);
        return run(params, client, undo -> undo.undo(over), "there is nothing to undo on this device");
    }

    JsonNode redo(Params params, String client) {
        return run(params, client, Undo::redo, "there is nothing to redo: nothing was undone, or something was done since");
    }

    private JsonNode run(Params params, String client, Function<Undo, Optional<Undo.Taken>> which, String nothing) {
        boolean look = params.flag("dry_run", false);
        Undo.Taken[] taken = new Undo.Taken[1];
        return transactions.run(client,
                tx -> {
                    taken[0] = which.apply(new Undo(replica, tx)).orElseThrow(() -> new HephException(Reason.NOT_FOUND, nothing));
                    if (taken[0].change().isEmpty()) {
                        throw new HephException(Reason.CONFLICT, "nothing of '" + label(tx, taken[0]) + "' can be taken back: "
                                + reason(tx, taken[0].kept()) + ". To undo what was done before it: heph undo --over");
                    }
                    return taken[0].change();
                },
                (tx, change) -> {
                    if (look) {
                        change.backTo(0);
                    }
                    ObjectNode answer = answer(tx, change, taken[0].step());
                    ArrayNode kept = answer.putArray("kept");
                    taken[0].kept().stream().limit(MOST_IDS).forEach(part -> kept.add(kept(tx, change, part)));
                    return answer.put("done", !look);
                });
    }

    /** Why nothing is left to be taken back. */
    private String reason(Tx tx, List<Kept> kept) {
        return kept.isEmpty() ? "an entry of a log stays, and so does what was changed since"
                : kept.stream().limit(3).map(part -> (part.field().equals("node") ? "it" : "its " + part.field().replace('_', ' '))
                        + part.by().map(by -> part.raced() ? " stays for an edit by " + name(tx, by) + " that its deletion had not seen: delete it anew"
                                : " was changed since by " + name(tx, by)).orElse(" is in use by now"))
                        .collect(Collectors.joining(", "));
    }

    private ObjectNode kept(Tx tx, Change change, Kept part) {
        ObjectNode json = Json.object();
        about(tx, subject(change, part.entity())).ifPresent(about -> json.put("id", about.id().toString()).put("title", about.title()));
        json.put("field", part.field());
        part.by().ifPresent(by -> json.put("device", by.toString()).put("device_name", name(tx, by)));
        if (part.raced()) {
            json.put("raced", true);
        }
        return json;
    }

    private String name(Tx tx, DeviceId device) {
        return tx.first("SELECT name FROM devices WHERE space = ? AND id = ?", row -> row.getString(1), replica.space().num(), device.id())
                .orElseGet(device::toString);
    }

    private static Id subject(Change change, Id id) {
        return change.value(id, Field.OCCURRENCE_OF).flatMap(Value::asRef).orElse(id);
    }

    private String label(Tx tx, Undo.Taken taken) {
        return deed(tx, taken.change(), taken.step()).label();
    }

    private Deed deed(Tx tx, Change change, Undo.Step step) {
        return Deed.of(step, id -> about(tx, subject(change, id)));
    }

    private ObjectNode answer(Tx tx, Change change, Undo.Step step) {
        Deed deed = deed(tx, change, step);
        ObjectNode answer = Json.object().put("label", deed.label());
        var ids = answer.putArray("ids");
        deed.about().stream().limit(MOST_IDS).forEach(id -> ids.add(id.toString()));
        return answer;
    }

    private static final int MOST_IDS = 1_000;

    /** A context document is spoken of as its task, and so is an occurrence. */
    private Optional<Deed.About> about(Tx tx, Id id) {
        return tx.first("SELECT coalesce((SELECT l.src FROM link_tags l WHERE n.context = 1 AND l.space = n.space AND l.dst = n.id"
                        + " AND l.type = 'canonical-context'), n.id), n.title, coalesce(n.kind, '') IN ('project', 'tag')"
                        + " FROM nodes n WHERE n.space = ? AND n.id = ?",
                row -> new Deed.About(Id.of(row.getBytes(1)), row.getString(2), row.getBoolean(3)), replica.space().num(), id);
    }
}
