package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A pod as the network knows it.
 *
 * @param ports those that its containers name
 * @param ready whether services send somebody there
 */
record Place(String name, String namespace, Map<String, String> labels, String address, Map<String, Integer> ports, boolean ready) {
    boolean matches(JsonNode selector) {
        if (selector.properties().stream().anyMatch(field -> !field.getKey().equals("matchLabels"))) {
            throw new IllegalArgumentException("only matchLabels are understood here, not " + selector);
        }
        return has(selector.path("matchLabels"));
    }

    boolean has(JsonNode wanted) {
        return wanted.properties().stream().allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())));
    }

    /** Of that name or number. */
    int port(JsonNode port) {
        if (port.isNumber()) {
            return port.asInt();
        }
        Integer number = ports.get(port.asText());
        return number == null ? -1 : number;
    }
}
