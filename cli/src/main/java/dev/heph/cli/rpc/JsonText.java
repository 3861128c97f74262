package dev.heph.cli.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A value as JSON on one line (a line is what frames a request), by jackson-core. */
final class JsonText {
    private JsonText() {}

    static String of(Object value) {
        return bytes(value).toString(StandardCharsets.UTF_8);
    }

    /** In UTF-8. */
    static ByteArrayOutputStream bytes(Object value) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonReader.FACTORY.createGenerator(bytes)) {
            write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into bytes in memory: there is none
        }
        return bytes;
    }

    /** No switch over patterns: its first use makes a class at run time, which no AOT cache holds, and takes 5 ms. */
    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (value instanceof Json json) {
            write(json.value(), out);
        } else {
            out.writePOJO(value);
        }
    }
}
