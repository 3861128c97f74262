package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.store.api.Visits.Visit;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.query.DeviceList;
import dev.heph.store.query.SpaceFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the operator of a hub is told of one space: its devices and figures, nothing of what is written in it. */
final class SpaceReport {
    private static final int MOST_LAGS = 50;

    private final Supplier<DeviceId> self;
    private final DeviceList devices;
    private final SpaceFigures figures;
    private final Visits visits;
    private final Doctor doctor;

    /** Shows what arrived and is not shown yet, as it is by whoever asks for it. */
    private final Runnable shown;

    /** @param self the hub's own id in it */
    SpaceReport(Supplier<DeviceId> self, DeviceList devices, SpaceFigures figures, Visits visits, Doctor doctor, Runnable shown) {
        this.shown = shown;
        this.self = self;
        this.devices = devices;
        this.figures = figures;
        this.visits = visits;
        this.doctor = doctor;
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

    /** Reads the whole log and makes everything anew from it. */
    List<Doctor.Check> verify() {
        shown.run();
        return doctor.verify();
    }
}
