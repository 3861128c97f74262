package dev.heph.gateway.vault;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heph.runtime.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Notes on their way to the store: the params of one {@code import.batch}, written as they are read. */
final class Batch {
    static final int MAX_NOTES = 200;

    /** Counted as they are written, so that a batch is at most this and one note, or one escape, longer. */
    static final int MAX_BYTES = 4 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
    private final JsonGenerator json;
    private int notes;

    Batch(String vault, String action) {
        try {
            json = Json.MAPPER.createGenerator(out);
            json.writeStartObject();
            json.writeStringField("vault", vault);
            json.writeStringField("action", action);
            json.writeArrayFieldStart("notes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(String path, String body) {
        try {
            json.writeStartObject();
            json.writeStringField("path", path);
            json.writeStringField("title", title(path));
            json.writeStringField("body", body);
            json.writeEndObject();
            json.flush();
            notes++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a body of that many characters goes into the next batch instead. */
    boolean full(int characters) {
        return notes == MAX_NOTES || notes > 0 && out.size() + characters > MAX_BYTES;
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

    /** The file's stem: what a wiki link says. */
    private static String title(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, name.length() - ".md".length());
    }
}
