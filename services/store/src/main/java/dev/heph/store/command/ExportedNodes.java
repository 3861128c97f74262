package dev.heph.store.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ImportCommand.Skipped;
import dev.heph.store.query.ValueJson;
import dev.heph.store.replica.Branch;
import dev.heph.store.replica.Change;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes nodes again that an export wrote, under the ids that they had, with all that was known of them. One that is here already, or
 * was deleted here, stays as it is. What is said of it comes from a file, so it is checked like what anybody says. The context of a
 * task that is not here, nor among the nodes, is a document like others, under the task's title; an empty one is left out.
 */
public final class ExportedNodes {
    private static final String CONTEXT_LINK = "canonical-context";

    /** Set by what else is said of a node, never by its fields. */
    private static final Set<Field> NOT_AMONG_FIELDS =
            Set.of(Field.KIND, Field.TITLE, Field.SOURCE_VAULT, Field.SOURCE_PATH, Field.SOURCE_REV);

    private ExportedNodes() {}

    public record Outcome(int created, int unchanged, List<Skipped> skipped) {}

    public static Outcome run(Change change, List<Params> nodes) {
        int created = 0;
        int unchanged = 0;
        List<Skipped> skipped = new ArrayList<>();
        Set<Id> seen = new HashSet<>();
        for (Params node : Stream.concat(nodes.stream().filter(n -> !isContext(n)), nodes.stream().filter(ExportedNodes::isContext)).toList()) {
            int before = change.size();
            try {
                Id id = id(node, "id");
                if (!seen.add(id)) {
                    throw Params.invalid("the same node twice in one part of an import");
                } else if (change.exists(id)) {
                    unchanged++;
                } else {
                    create(change, id, node);
                    created++;
                }
            } catch (HephException e) {
                change.backTo(before);
                skipped.add(new Skipped(node.maybeText("path").or(() -> node.maybeText("title")).orElse("?"), e.getMessage()));
            }
        }
        return new Outcome(created, unchanged, skipped);
    }

    private static void create(Change change, Id id, Params node) {
        Kind kind = Kind.of(node.text("kind")).orElseThrow(() -> Params.invalid(
                "is a '" + node.text("kind") + "', which this heph does not know: import it with the one that wrote it, or a newer one"));
        String body = Titles.checkedBody(node.maybeText("body").orElse(""));
        List<Op.LogAppend> log = node.json().path("log").valueStream().map(entry -> entry(id, entry)).toList();
        SortedMap<Field, Value> fields = fields(node);
        fields.put(Field.KIND, Value.text(kind.word()));
        boolean isContext = isContext(node);
        if (!isContext || !change.tied().toTask(id)) { // the context of a task has the task's title
            if (isContext && body.isEmpty()) {
                throw Params.invalid("is the context of a task that is not here, and there is nothing in it");
            }
            fields.put(Field.TITLE, Value.text(Titles.checked(kind, node.text("title"))));
        }
        node.within("source").maybeText("vault").ifPresent(vault -> fields.put(Field.SOURCE_VAULT, name("vault", vault)));
        node.within("source").maybeText("path")
                .ifPresent(path -> fields.put(Field.SOURCE_PATH, Value.text(Titles.checkedText("path", path))));
        change.create(id, fields);
        Version saved = body.isEmpty() ? change.version(id, Views.BODY) : change.save(id, Views.BODY, body, Optional.empty());
        if (Optional.of(ImportCommand.hash(body)).equals(Optional.ofNullable(fields.get(Field.SOURCE_HASH)))) {
            change.set(id, Field.SOURCE_REV, Value.text(Branch.at(saved).text())); // as it came from its file: edits of that are merged with this
        }
        node.texts("aliases").stream()
                .map(alias -> new Op.Link(id, "alias", id, Optional.of(NodeCommands.checkedName("alias", alias))))
                .forEach(change::link);
        node.json().path("links").forEach(link -> change.link(link(id, new Params(link))));
        log.forEach(change::append);
        node.json().path("occurrences").forEach(occurrence -> occurrence(change, id, new Params(occurrence)));
    }

    private static boolean isContext(Params node) {
        return node.flag("context", false);
    }

    /** With its time; an earlier heph did not export that. */
    private static Op.LogAppend entry(Id id, JsonNode entry) {
        if (entry.isTextual()) {
            return new Op.LogAppend(id, Titles.checkedBody(entry.textValue()));
        }
        Params said = new Params(entry);
        return new Op.LogAppend(id, Titles.checkedBody(said.text("text")), Optional.of(said.number("at", 0, 0, Op.LATEST)));
    }

    private static void occurrence(Change change, Id task, Params occurrence) {
        Id id = id(occurrence, "id");
        SortedMap<Field, Value> fields = fields(occurrence);
        fields.put(Field.OCCURRENCE_OF, new Value.Ref(task));
        if (!(fields.get(Field.OCCURRENCE_START) instanceof Value.Moment)) {
            throw Params.invalid("an occurrence of it has no date");
        }
        if (change.value(id, Field.OCCURRENCE_OF).isEmpty()) {
            change.create(id, fields);
        }
    }

    private static SortedMap<Field, Value> fields(Params node) {
        SortedMap<Field, Value> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> said : node.json().path("fields").properties()) {
            int dot = said.getKey().indexOf('.');
            Optional<Value> value = ValueJson.read(said.getValue());
            if (dot <= 0 || dot == said.getKey().length() - 1 || said.getKey().length() > Field.MAX_LENGTH || value.isEmpty()) {
                throw Params.invalid("the field '" + said.getKey() + "' is not one that this heph can read: import it with a newer one");
            }
            value.flatMap(Value::asText).ifPresent(text -> Titles.checkedText(said.getKey(), text));
            Field field = new Field(said.getKey().substring(0, dot), said.getKey().substring(dot + 1));
            if (!NOT_AMONG_FIELDS.contains(field)) {
                fields.put(field, value.get());
            }
        }
        return fields;
    }

    private static Op.Link link(Id src, Params link) {
        Id dst = id(link, "dst");
        if (link.text("type").equals(CONTEXT_LINK) && dst.equals(DerivedId.canonicalContext(src))) {
            return new Op.Link(src, CONTEXT_LINK, dst, Optional.empty());
        }
        return NodeCommands.link(src, link.text("type"), dst, link.maybeText("key"));
    }

    private static Value name(String what, String name) {
        return Value.text(NodeCommands.checkedName(what, name));
    }

    private static Id id(Params params, String name) {
        return Id.parse(params.text(name)).orElseThrow(() -> Params.invalid("'" + params.text(name) + "' is no id"));
    }
}
