package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.runtime.Json;
import dev.heph.store.command.ImportCommand;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.Params;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.db.Writer;
import dev.heph.store.query.Nodes;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The methods that write. Each is one transaction; it answers when that is durable, and then tells the others. */
final class Mutations {
    private final Writer writer;
    private final Replica replica;
    private final Reads reads;
    private final Nodes nodes;
    private final Changes changes;

    Mutations(Writer writer, Replica replica, Reads reads, Nodes nodes, Changes changes) {
        this.writer = writer;
        this.replica = replica;
        this.reads = reads;
        this.nodes = nodes;
        this.changes = changes;
    }

    private record Written<T>(T result, Set<Id> changed) {}

    private <T> Written<T> write(String client, Function<Change, T> work) {
        return publish(client, writer.write(tx -> {
            Change change = replica.change(tx);
            T result = work.apply(change);
            return new Written<>(result, change.commit());
        }));
    }

    private <T> Written<T> publish(String client, Written<T> written) {
        if (!written.changed().isEmpty()) {
            changes.publish(written.changed(), client);
        }
        return written;
    }

    JsonNode nodeCreate(Params params, String client) {
        Kind kind = params.word("kind", Kind.words()).flatMap(Kind::of)
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'kind' is missing: one of " + Kind.words()));
        String title = params.text("title");
        if (kind == Kind.TASK) {
            params.maybeText("body").filter(body -> !body.isEmpty()).ifPresent(body -> {
                throw new HephException(Reason.INVALID_PARAMS, "a task has no body of its own: write into its context document");
            });
            return node(write(client, change -> TaskCommands.create(change, new TaskCommands.NewTask(title, Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), true))).result());
        }
        return node(write(client, change -> NodeCommands.create(change, kind, title, params.maybeText("body"))).result());
    }

    JsonNode nodeUpdate(Params params, String client) {
        Id id = reads.id(params, "id");
        Optional<Version> base = params.maybeText("base").map(rev -> Version.parse(rev)
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'base' is no rev: give back the one that came with the body")));
        write(client, change -> {
            NodeCommands.update(change, id, params.maybeText("title"), params.maybeText("body"), base);
            return id;
        });
        return node(id);
    }

    JsonNode nodeTombstone(Params params, String client) {
        Id id = reads.idEvenDeleted(params, "id");
        return changed(client, change -> NodeCommands.tombstone(change, id));
    }

    JsonNode linkAdd(Params params, String client) {
        Op.Link link = link(params);
        return changed(client, change -> NodeCommands.link(change, link));
    }

    JsonNode linkRemove(Params params, String client) {
        Op.Link link = link(params);
        return changed(client, change -> NodeCommands.unlink(change, link));
    }

    private Op.Link link(Params params) {
        return NodeCommands.link(reads.id(params, "src"), params.text("type"), reads.id(params, "dst"), params.maybeText("key"));
    }

    JsonNode aliasAdd(Params params, String client) {
        Id id = reads.id(params, "id");
        return changed(client, change -> NodeCommands.addAlias(change, id, params.text("alias")));
    }

    JsonNode aliasRemove(Params params, String client) {
        Id id = reads.id(params, "id");
        return changed(client, change -> NodeCommands.removeAlias(change, id, params.text("alias")));
    }

    JsonNode taskCreate(Params params, String client) {
        TaskCommands.NewTask task = new TaskCommands.NewTask(
                params.text("title"),
                params.word("attention", Attention.words()).flatMap(Attention::of),
                params.maybeText("do_date"),
                params.maybeText("late_on"),
                params.maybeText("project"),
                params.flag("committed", true));
        return node(write(client, change -> TaskCommands.create(change, task)).result());
    }

    JsonNode taskSetState(Params params, String client) {
        Id id = reads.id(params, "id");
        State state = params.word("state", State.words()).flatMap(State::of)
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'state' is missing: one of " + State.words()));
        write(client, change -> {
            TaskCommands.setState(change, id, state);
            return id;
        });
        return node(id);
    }

    /** A part of an import: one transaction, so that an interruption leaves whole parts only. */
    JsonNode importBatch(Params params, String client) {
        String vault = NodeCommands.checkedName("vault", params.text("vault"));
        Id action = Id.parse(params.text("action"))
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'action' is no id"));
        List<ImportCommand.Note> notes = new ArrayList<>();
        params.json().path("notes").forEach(note -> {
            Params one = new Params(note);
            notes.add(new ImportCommand.Note(one.text("path"), one.text("title"), one.text("body")));
        });
        Written<ImportCommand.Outcome> written = publish(client, writer.write(tx -> {
            Change change = replica.change(tx, action, params.flag("last", true));
            ImportCommand.Outcome outcome = ImportCommand.run(change, vault, notes);
            return new Written<>(outcome, change.commit());
        }));
        if (params.flag("last", true)) {
            // An import leaves behind many times what lives, and only a full collection gives memory back to the system.
            System.gc();
        }
        ImportCommand.Outcome outcome = written.result();
        ObjectNode answer = Json.object()
                .put("created", outcome.created())
                .put("updated", outcome.updated())
                .put("unchanged", outcome.unchanged());
        var skipped = answer.putArray("skipped");
        outcome.skipped().forEach(file -> skipped.addObject().put("path", file.path()).put("reason", file.reason()));
        return answer;
    }

    private JsonNode changed(String client, Consumer<Change> work) {
        Written<Boolean> written = write(client, change -> {
            work.accept(change);
            return !change.isEmpty();
        });
        return Json.object().put("ok", true).put("changed", written.result());
    }

    private JsonNode node(Id id) {
        return reads.run(() -> nodes.get(id));
    }
}
