package dev.heph.gateway.intake;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heph.runtime.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Entries on their way to the store: the params of one call, written as they are read. */
public final class Part {
    /** Counted as they are written, so that a part is at most this and one entry, or one escape, longer. */
    public static final int MAX_BYTES = 4 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
    private final JsonGenerator json;
    private final String method;
    private final int most;
    private List<String> gone = List.of();
    private int size;

    /** Writes one JSON value. */
    public interface Entry {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * @param method the store's, which takes the part
     * @param origin the member that says where the entries come from, and what it is: {@code vault}, {@code My Notes}
     * @param action names the import in the log
     * @param list the member that holds the entries
     * @param most how many at most
     */
    public Part(String method, String origin, String name, String action, String list, int most) {
        this.method = method;
        this.most = most;
        try {
            json = Json.MAPPER.createGenerator(out);
            json.writeStartObject();
            json.writeStringField(origin, name);
            json.writeStringField("action", action);
            json.writeArrayFieldStart(list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void add(Entry entry) {
        try {
            entry.write(json);
            json.flush();
            size++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an entry of about that many characters goes into the next part instead. */
    public boolean full(int characters) {
        return size == most || size > 0 && out.size() + characters > MAX_BYTES;
    }

    public int size() {
        return size;
    }

    /** Has it say also which of the entries that came in earlier are there no more. */
    public void gone(List<String> paths) {
        gone = paths;
    }

    public String method() {
        return method;
    }

    /** @param last whether the action ends with this part */
    byte[] end(boolean last) {
        try (json) {
            json.writeEndArray();
            if (!gone.isEmpty()) {
                json.writePOJOField("gone", gone);
            }
            json.writeBooleanField("last", last);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
