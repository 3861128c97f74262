package dev.heph.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A node as a file: a doc is its body, byte for byte; of the others a small front matter says what the body does not.
 */
final class Markdown {
    private static final List<String> TASK_FIELDS =
            List.of("state", "attention", "do_date", "late_on", "committed", "context", "project");

    private Markdown() {}

    /** Whether the node has a file: not the context of a task that says nothing. */
    static boolean has(JsonNode node) {
        return !node.path("context").asBoolean() || !node.path("body").asText().isEmpty();
    }

    static byte[] of(JsonNode node) {
        String body = node.path("body").asText();
        if (node.path("kind").asText().equals("doc")) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder("---\n");
        line(text, "heph", node.path("id"));
        line(text, "kind", node.path("kind"));
        line(text, "title", node.path("title"));
        for (String field : TASK_FIELDS) {
            JsonNode value = node.path("task").path(field);
            line(text, field, value.isObject() ? value.path("local") : value);
        }
        return text.append("---\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** JSON's strings are YAML's, so nothing in a title can be taken for YAML. */
    private static void line(StringBuilder text, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }
}
