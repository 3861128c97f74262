package dev.heph.gateway.foreign;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heph.runtime.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Tasks on their way to the store: the params of one {@code task.import}, written as they are read. */
final class Batch {
    static final int MAX_TASKS = 500;

    /** Before a task of its own size is added. */
    static final int MAX_BYTES = 4 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
    private final JsonGenerator json;
    private final Map<String, String> labels = new HashMap<>();

    Batch(String source, String action) {
        try {
            json = Json.MAPPER.createGenerator(out);
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("action", action);
            json.writeArrayFieldStart("tasks");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(ForeignTask task) {
        try {
            task.write(json);
            json.flush();
            labels.put(task.key(), task.label());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return labels.size();
    }

    /** Whether that task goes into the next batch instead. */
    boolean full(ForeignTask task) {
        return size() == MAX_TASKS || size() > 0 && out.size() + task.characters() > MAX_BYTES;
    }

    /** What a person knows the task of that key by. */
    String label(String key) {
        return labels.getOrDefault(key, key);
    }

    /** @param last whether the action ends with this batch */
    byte[] end(boolean last) {
        try (json) {
            json.writeEndArray();
            json.writeBooleanField("last", last);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
