package dev.heph.gateway.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** How heph is as a whole. Answers whatever is away: that is when it is asked for. */
public final class HealthReport {
    private static final List<String> COUNTS =
            List.of("orange_count", "active_count", "on_deck_count", "conflict_count", "note_count", "unapplied_count");
    private static final Executor ASIDE = task -> Thread.ofVirtual().name("health").start(task);

    private final Map<String, ServiceClient> services;

    /** @param services by name, in the order to show them */
    public HealthReport(Map<String, ServiceClient> services) {
        this.services = services;
    }

    public byte[] write() {
        List<Map.Entry<String, CompletableFuture<Optional<Health>>>> asked = services.entrySet().stream()
                .map(service -> Map.entry(
                        service.getKey(), CompletableFuture.supplyAsync(service.getValue()::health, ASIDE)))
                .toList();
        ObjectNode report = Json.object().put("status", "up");
        ArrayNode listed = report.putArray("services");
        COUNTS.forEach(report::putNull);
        report.put("sync_status", "away");
        for (var answer : asked) {
            Health health = answer.getValue().join().orElse(Health.down("away: not running, or still starting"));
            list(listed, answer.getKey(), health);
            if (!health.up()) {
                report.put("status", "down");
            }
            take(answer.getKey(), health, report);
        }
        list(listed, "rpc-gateway", Health.up("answers"));
        return Json.bytes(report);
    }

    private static void list(ArrayNode services, String name, Health health) {
        services.addObject()
                .put("name", name)
                .put("status", health.up() ? "up" : "down")
                .put("detail", health.detail());
    }

    /** What a service says beyond up or down. */
    private static void take(String service, Health health, ObjectNode report) {
        if (service.equals("store")) {
            COUNTS.stream()
                    .filter(health.more()::containsKey)
                    .forEach(count -> report.set(count, Json.MAPPER.valueToTree(health.more().get(count))));
        } else if (service.equals("sync") && health.more().get("state") instanceof String state) {
            report.put("sync_status", state);
        } else if (service.equals("sync") && health.up()) {
            report.put("sync_status", health.detail());
        }
    }
}
