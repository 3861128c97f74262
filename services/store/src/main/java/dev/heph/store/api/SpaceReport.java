package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.store.api.Visits.Visit;
import dev.heph.store.db.Database;
import dev.heph.store.log.Space;
import dev.heph.store.query.Db;
import dev.heph.store.query.DeviceList;
import dev.heph.store.query.SpaceFigures;
import dev.heph.store.replica.Identity;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the operator of a hub is told of one space: its devices and figures, nothing of what is written in it. */
final class SpaceReport {
    private static final int MOST_LAGS = 50;

    private final Supplier<DeviceId> self;
    private final DeviceList devices;
    private final SpaceFigures figures;
    private final Visits visits;

    /** @param self the hub's own id in it */
    SpaceReport(Supplier<DeviceId> self, DeviceList devices, SpaceFigures figures, Visits visits) {
        this.self = self;
        this.devices = devices;
        this.figures = figures;
        this.visits = visits;
    }

    /** Of a space that nobody has open, which stays so. */
    static <T> T reading(Database database, InstantSource clock, Function<SpaceReport, T> asking) {
        Path data = database.file().getParent();
        DeviceId self = Identity.read(data.resolve("device.key")).keys().inUse().device();
        try (var db = new Db(database)) {
            var report = new SpaceReport(() -> self, new DeviceList(db, Space.PERSONAL), new SpaceFigures(db, Space.PERSONAL),
                    new Visits(data.resolve("visits.json"), clock));
            return db.read(() -> asking.apply(report));
        }
    }

    /** As {@link SpaceFigures#json}. */
    ObjectNode figures() {
        return figures.json(self.get());
    }

    /** When one of its devices was here last; the epoch if none ever was. */
    Instant seen() {
        return visits.all().values().stream().map(Visit::last).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /** As in {@code device.list}, but for the hub itself, each with {@code pulled_at?}, {@code pushed_at?} and {@code lag?}. */
    List<ObjectNode> devices() {
        Map<DeviceId, Visit> left = new TreeMap<>(visits.all());
        List<ObjectNode> all = new ArrayList<>();
        for (JsonNode known : devices.all(self.get())) {
            ObjectNode device = (ObjectNode) known;
            Visit visit = left.remove(id(device));
            if (!device.remove("self").booleanValue()) {
                all.add(told(device, visit));
            }
        }
        // Who has never written anything has no name yet.
        left.forEach((id, visit) -> all.add(told(Json.object().put("id", id.toString()).put("name", "").put("seq", 0).put("revoked", false), visit)));
        return all;
    }

    private ObjectNode told(ObjectNode device, Visit visit) {
        if (visit == null) {
            return device;
        }
        put(device, "pulled_at", visit.pulledAt());
        put(device, "pushed_at", visit.pushedAt());
        return !visit.pulledAt().equals(Instant.EPOCH) && !device.path("revoked").asBoolean()
                ? device.put("lag", figures.lacking(id(device), visit.has()))
                : device;
    }

    private static DeviceId id(JsonNode device) {
        return new DeviceId(Id.parse(device.path("id").asText()).orElseThrow());
    }

    private static void put(ObjectNode device, String name, Instant at) {
        if (!at.equals(Instant.EPOCH)) {
            device.put(name, at.toEpochMilli());
        }
    }

    /** How much those lack that asked since then and lack something; of many only some, since anybody may ask under many names. */
    Map<DeviceId, Long> lags(Instant since) {
        Map<DeviceId, Long> lags = new TreeMap<>();
        visits.all().entrySet().stream().filter(visit -> visit.getValue().pulledAt().isAfter(since)).limit(MOST_LAGS)
                .forEach(visit -> lags.put(visit.getKey(), figures.lacking(visit.getKey(), visit.getValue().has())));
        lags.values().removeIf(lag -> lag == 0);
        return lags;
    }
}
