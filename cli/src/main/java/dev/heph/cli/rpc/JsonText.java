package dev.heph.cli.rpc;

import java.util.List;
import java.util.Map;

/** A value as JSON on one line (a line is what frames a request). */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        var text = new JsonText();
        text.append(value);
        return text.out.toString();
    }

    /** No switch over patterns: its first use makes a class at run time, which no AOT cache holds, and takes 5 ms. */
    private void append(Object value) {
        if (value instanceof String string) {
            quote(string);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(map);
        } else if (value instanceof List<?> list) {
            appendList(list);
        } else if (value instanceof Json json) {
            append(json.value());
        } else {
            out.append(value);
        }
    }

    private void appendMap(Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(before);
            quote((String) entry.getKey());
            out.append(':');
            append(entry.getValue());
            before = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void appendList(List<?> list) {
        char before = '[';
        for (Object element : list) {
            out.append(before);
            append(element);
            before = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void quote(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
