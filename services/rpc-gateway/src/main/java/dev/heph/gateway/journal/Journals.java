package dev.heph.gateway.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.service.Store;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.time.LocalDate;
import java.util.Optional;

/** The methods {@code journal.open_or_create} and {@code journal.near}. */
public final class Journals {
    private final Store store;
    private final String template;

    /**
     * @param template the title or id of the note with whose text a new journal begins, empty for none; it is a note, so that every
     *     device has it
     */
    public Journals(Store store, String template) {
        this.store = store;
        this.template = template;
    }

    /** The journal of a day, or the note that stands for it; unless one is asked for that is there, a new one begins with the template, if there is one. */
    public byte[] open(Call call) {
        LocalDate day = day(call);
        ObjectNode date = Json.object().put("date", day.toString());
        JsonNode there = ask("journal.of", date, call).path("node");
        if (there.isObject()) {
            return Json.bytes(there);
        }
        if (!call.read().path("make").asBoolean(true)) {
            throw new HephException(Reason.NOT_FOUND, "there is no journal of " + day + " yet. Begin it: heph journal " + day + " --edit");
        }
        Optional<String> text = template(call).map(template -> template.on(day)).filter(filled -> !filled.isEmpty());
        if (text.isPresent()) {
            try {
                ObjectNode journal = Json.object().put("kind", "journal").put("title", day.toString()).put("body", text.get());
                return Json.bytes(ask("node.create", journal, call));
            } catch (HephException e) {
                if (e.reason() != Reason.CONFLICT) {
                    throw e;
                }
                // Another client has just made it: then it is opened as it is.
            }
        }
        return Json.bytes(ask("journal.open_or_create", date, call));
    }

    /** The last journal before a day and the first one after it, of those that there are. */
    public byte[] near(Call call) {
        return Json.bytes(ask("journal.near", Json.object().put("date", day(call).toString()), call));
    }

    private Optional<Template> template(Call call) {
        return (template.isEmpty() ? Optional.<JsonNode>empty() : named(template, call))
                .map(note -> ask("node.get", Json.object().put("id", note.path("id").asText()), call))
                .map(note -> new Template(note.path("body").asText()));
    }

    private Optional<JsonNode> named(String name, Call call) {
        JsonNode found = ask("node.resolve", Json.object().put("name", name).put("kind", "doc"), call).path("node");
        return Optional.of(found).filter(JsonNode::isObject);
    }

    private JsonNode ask(String method, JsonNode params, Call call) {
        return store.call(method, params, call.client(), ServiceClient.USUAL_TIMEOUT);
    }

    private static LocalDate day(Call call) {
        return LocalDate.parse(call.text("date").orElseThrow());
    }
}
