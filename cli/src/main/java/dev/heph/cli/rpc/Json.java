package dev.heph.cli.rpc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value of the RPC: null, {@link Boolean}, {@link Long} (a {@link BigInteger} where that is too small),
 * {@link Double}, {@link String}, {@link List} or {@link Map}. Asking for something that is not there gives
 * {@link #NULL}, so that a newer or older gateway never breaks a command's output.
 */
public record Json(Object value) {
    public static final Json NULL = new Json(null);

    /** @throws JsonException if the text is not one JSON value */
    public static Json parse(byte[] utf8) {
        return new Json(JsonReader.document(utf8));
    }

    public static Json parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object of names and values in turn; a null value is left out, as an option that was not given. */
    public static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                object.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return object;
    }

    public Json at(String member) {
        return value instanceof Map<?, ?> map ? new Json(map.get(member)) : NULL;
    }

    /** The elements; of anything but an array: none. */
    public List<Json> list() {
        return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    /** The string, or a number or truth value as it is written; of anything else: the empty string. */
    public String text() {
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : "";
    }

    public long number() {
        return value instanceof Number number ? number.longValue() : 0;
    }

    public boolean truth() {
        return Boolean.TRUE.equals(value);
    }

    public boolean isNull() {
        return value == null;
    }

    @Override
    public String toString() {
        return JsonText.of(value);
    }
}
