package dev.heph.store.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.heph.model.capture.Repeat;
import dev.heph.model.id.Id;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Recurrence;
import dev.heph.model.recur.RecurrenceText;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.function.Function;

/** What a field says, for people: as {@link ValueJson}, but a node comes with its title and a recurrence in words. */
public final class FieldJson {
    private FieldJson() {}

    public static JsonNode of(Field field, Value value, Function<Id, String> title) {
        if (field.equals(Field.RECURRENCE)) {
            return value.asText().flatMap(text -> RecurrenceText.read(text, Missed.LATEST)).<JsonNode>map(FieldJson::words)
                    .orElseGet(() -> ValueJson.of(value));
        }
        JsonNode json = ValueJson.of(value);
        value.asRef().ifPresent(id -> ((ObjectNode) json).put("title", title.apply(id)));
        return json;
    }

    private static TextNode words(Recurrence recurrence) {
        return TextNode.valueOf(new Repeat(recurrence.rule().toString(), recurrence.afterDone()).words()
                + " from " + Recurring.stored(recurrence.start(), recurrence));
    }
}
