package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.runtime.Json;
import dev.heph.store.command.ExportedNodes;
import dev.heph.store.command.ImportCommand;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.Params;
import dev.heph.store.command.ProjectCommands;
import dev.heph.store.command.RenameCommand;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.command.TaskStates;
import dev.heph.store.query.Nodes;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The methods that write. Each is one transaction; it answers when that is durable, and then tells the others. */
final class Mutations {
    private final Transactions transactions;
    private final Reads reads;
    private final Recurring recurring;

    Mutations(Transactions transactions, Reads reads, Recurring recurring) {
        this.recurring = recurring;
        this.transactions = transactions;
        this.reads = reads;
    }

    JsonNode nodeCreate(Params params, String client) {
        Kind kind = params.word("kind", Kind.words()).flatMap(Kind::of)
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'kind' is missing: one of " + Kind.words()));
        String title = params.text("title");
        if (kind == Kind.TASK) {
            params.maybeText("body").filter(body -> !body.isEmpty()).ifPresent(body -> {
                throw new HephException(Reason.INVALID_PARAMS, "a task has no body of its own: write into its context document");
            });
            return transactions.write(client, change -> TaskCommands.create(change, new TaskCommands.NewTask(title, Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), List.of(), true)), reads::nodeWithin);
        }
        return transactions.write(client, change -> kind == Kind.PROJECT
                ? ProjectCommands.create(change, title, params.maybeText("body"), Optional.empty())
                : NodeCommands.create(change, kind, title, params.maybeText("body")), reads::nodeWithin);
    }

    JsonNode nodeUpdate(Params params, String client) {
        Optional<String> rev = params.maybeText("base");
        Optional<Version> base = rev.map(Nodes::version);
        Optional<Id> occurrence = rev.flatMap(Nodes::occurrence);
        // What was ticked belongs to the occurrence that was looked at, though another may have come since.
        Consumer<Change> begin = change -> rev.ifPresent(seen -> change.ticking(any -> occurrence));
        if (params.flag("dry_run", false)) {
            return nodeLook(params, client, begin, base, occurrence);
        }
        return transactions.write(client, change -> {
            Id id = reads.id(params, "id");
            begin.accept(change);
            NodeCommands.update(change, id, params.maybeText("title"), params.maybeText("body"), base);
            new TaskStates(change, recurring).followTicks();
            return id;
        }, reads::nodeWithin);
    }

    /** What an update would make of a body, to be gone on with in the version that this is merged into. */
    private JsonNode nodeLook(Params params, String client, Consumer<Change> begin, Optional<Version> base, Optional<Id> occurrence) {
        String body = params.maybeText("body")
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'body' is missing: 'dry_run' tells what would become of it"));
        int place = (int) params.number("place", 0, 0, Integer.MAX_VALUE);
        record Looked(Id id, Look look) {}
        return transactions.write(client, change -> {
            Id id = reads.id(params, "id");
            begin.accept(change);
            return new Looked(id, NodeCommands.look(change, id, body, base, place));
        }, looked -> {
            ObjectNode node = reads.nodeWithin(looked.id()).put("body", looked.look().text()).put("place", looked.look().place());
            String version = node.path("rev").asText().split(Nodes.IN_OCCURRENCE, 2)[0];
            return node.put("rev", version + occurrence.map(list -> Nodes.IN_OCCURRENCE + list).orElse(""));
        });
    }

    /** Renames; unless it is only a look, the title changes and the texts that name the node follow. */
    JsonNode nodeRename(Params params, String client) {
        String title = params.text("title");
        boolean look = params.flag("dry_run", false);
        record Renamed(Id id, List<RenameCommand.Rewritten> rewritten) {}
        return transactions.write(client, change -> {
            Id id = reads.id(params, "id");
            Renamed renamed = new Renamed(id, RenameCommand.run(change, id, title));
            if (look) {
                change.backTo(0);
            }
            return renamed;
        }, renamed -> {
            ObjectNode answer = Json.object();
            answer.set("node", reads.nodeWithin(renamed.id()));
            ArrayNode notes = answer.putArray("rewritten");
            for (RenameCommand.Rewritten rewritten : renamed.rewritten()) {
                ObjectNode note = notes.addObject().put("id", rewritten.note().toString()).put("title", reads.title(rewritten.note()));
                ArrayNode lines = note.putArray("lines");
                rewritten.lines().forEach(line -> lines.addObject().put("before", line.before()).put("after", line.after()));
            }
            return answer.put("done", !look);
        });
    }

    JsonNode nodeTombstone(Params params, String client) {
        return changed(client, change -> Reads.ids(params, reads::idEvenDeleted).forEach(id -> NodeCommands.tombstone(change, id)));
    }

    JsonNode linkAdd(Params params, String client) {
        return changed(client, change -> NodeCommands.link(change, link(params)));
    }

    JsonNode linkRemove(Params params, String client) {
        return changed(client, change -> NodeCommands.unlink(change, link(params)));
    }

    private Op.Link link(Params params) {
        return NodeCommands.link(reads.id(params, "src"), params.text("type"), reads.id(params, "dst"), params.maybeText("key"));
    }

    JsonNode aliasAdd(Params params, String client) {
        return changed(client, change -> NodeCommands.addAlias(change, reads.id(params, "id"), params.text("alias")));
    }

    JsonNode aliasRemove(Params params, String client) {
        return changed(client, change -> NodeCommands.removeAlias(change, reads.id(params, "id"), params.text("alias")));
    }

    /** A part of an import: one transaction, so that an interruption leaves whole parts only. */
    JsonNode importBatch(Params params, String client) {
        String vault = NodeCommands.checkedName("vault", params.text("vault"));
        Id action = Id.parse(params.text("action"))
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'action' is no id"));
        List<ImportCommand.Note> notes = new ArrayList<>();
        params.json().path("notes").forEach(note -> {
            Params one = new Params(note);
            notes.add(new ImportCommand.Note(one.text("path"), one.text("title"), one.text("body"), one.maybeText("from")));
        });
        ImportCommand.Outcome outcome = transactions.write(client, action, params.flag("last", true),
                change -> {
                    ImportCommand.Outcome done = ImportCommand.run(change, vault, notes, params.texts("gone"));
                    new TaskStates(change, recurring).followTicks();
                    return done;
                });
        if (params.flag("last", true)) {
            // An import leaves behind many times what lives, and only a full collection gives memory back to the system.
            System.gc();
        }
        ObjectNode answer = Json.object()
                .put("created", outcome.created())
                .put("updated", outcome.updated())
                .put("unchanged", outcome.unchanged())
                .put("deleted", outcome.deleted().size());
        ArrayNode moved = answer.putArray("moved_paths");
        outcome.moved().forEach(file -> moved.addObject().put("from", file.from()).put("to", file.to()));
        outcome.deleted().forEach(answer.putArray("deleted_paths")::add);
        var skipped = answer.putArray("skipped");
        outcome.skipped().forEach(file -> skipped.addObject().put("path", file.path()).put("reason", file.reason()));
        return answer;
    }

    /** A part of an export that comes back. */
    JsonNode importNodes(Params params, String client) {
        Id action = Id.parse(params.text("action"))
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'action' is no id"));
        List<Params> nodes = params.json().path("nodes").valueStream().map(Params::new).toList();
        ExportedNodes.Outcome outcome = transactions.write(client, action, params.flag("last", true), change -> ExportedNodes.run(change, nodes));
        ObjectNode answer = Json.object().put("created", outcome.created()).put("unchanged", outcome.unchanged());
        var skipped = answer.putArray("skipped");
        outcome.skipped().forEach(node -> skipped.addObject().put("path", node.path()).put("reason", node.reason()));
        return answer;
    }

    private JsonNode changed(String client, Consumer<Change> work) {
        boolean changed = transactions.write(client, change -> {
            work.accept(change);
            return !change.isEmpty();
        });
        return Json.object().put("ok", true).put("changed", changed);
    }
}
