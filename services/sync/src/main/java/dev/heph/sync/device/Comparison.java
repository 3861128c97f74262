package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a device and its hub, holding the same ops, make the same of them ("comparing" in docs/design/sync.md). */
record Comparison(Store store, Hub hub, String address) {
    private static final int MOST_NAMED = 10;
    private static final int MOST_IDS = 1_000;

    /** {@code {ok, checks: [{name, ok, detail}], nodes: [id]}}; empty when the two do not hold the same ops at this moment. */
    Optional<ObjectNode> run() {
        JsonNode there = hub.digest(false);
        JsonNode here = store.digest(false);
        if (!here.path("heads").equals(there.path("heads"))) {
            return Optional.empty();
        }
        List<String> tables = here.path("tables").propertyStream().filter(table -> !table.getValue().equals(there.path("tables").path(table.getKey())))
                .map(Map.Entry::getKey).toList();
        List<String> nodes = tables.isEmpty() ? List.of() : named();
        ObjectNode compared = Json.object().put("ok", tables.isEmpty());
        compared.putArray("checks").addObject().put("name", "the hub").put("ok", tables.isEmpty())
                .put("detail", tables.isEmpty() ? "holds the same: " + address : detail(tables, nodes));
        nodes.stream().limit(MOST_IDS).forEach(compared.putArray("nodes")::add);
        return Optional.of(compared);
    }

    /** Of a very large space the hub's answer would be too long; then the tables say it alone. */
    private List<String> named() {
        try {
            return differing();
        } catch (HubTrouble trouble) {
            if (trouble.kind() != HubTrouble.Kind.REFUSED) {
                throw trouble;
            }
            return List.of();
        }
    }

    private List<String> differing() {
        JsonNode there = hub.digest(true).path("nodes");
        JsonNode here = store.digest(true).path("nodes");
        var ids = new TreeSet<String>();
        here.fieldNames().forEachRemaining(ids::add);
        there.fieldNames().forEachRemaining(ids::add);
        return ids.stream().filter(id -> !here.path(id).equals(there.path(id))).toList();
    }

    private String detail(List<String> tables, List<String> nodes) {
        String names = nodes.stream().limit(MOST_NAMED).map(store::title).collect(Collectors.joining(", "));
        return "differs from " + address + " in " + String.join(", ", tables) + (nodes.isEmpty() ? "" : ": " + nodes.size() + " nodes: " + names)
                + (nodes.size() > MOST_NAMED ? ", …" : "") + ". Which of the two is wrong says heph doctor --rebuild-check, there and here";
    }
}
