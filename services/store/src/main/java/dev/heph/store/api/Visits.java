package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * When each device was at this hub last, and how far it has got. It is kept in memory and now and then in a file beside the database: what is
 * lost of it is known again when the device comes back, and in the database it would cost a transaction for each question.
 */
final class Visits implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Visits.class.getName());

    /** Whoever is let in may call itself by any id: so many are kept, those that came last. */
    private static final int MOST = 1_000;

    private static final Duration KEPT_EVERY = Duration.ofMinutes(1);

    /**
     * @param pulledAt when it asked last; epoch: never
     * @param pushedAt when something that it wrote came last, whoever brought it; epoch: never
     * @param from the place up to which it then said that it has everything
     * @param to the place up to which it was given the rest
     * @param again whether it had been given something from there before, and so did not take it
     */
    record Visit(Instant pulledAt, Instant pushedAt, long from, long to, boolean again) {
        private static final Visit NONE = new Visit(Instant.EPOCH, Instant.EPOCH, 0, 0, false);

        /** The place up to which it has everything, as far as can be told. */
        long has() {
            return again ? from : to;
        }

        Instant last() {
            return pulledAt.isAfter(pushedAt) ? pulledAt : pushedAt;
        }
    }

    private final Path file;
    private final InstantSource clock;
    private final Map<DeviceId, Visit> visits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, Visit> eldest) {
            return size() > MOST;
        }
    };

    private Instant kept;
    private boolean changed;

    Visits(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.kept = clock.instant();
        read();
    }

    /** It asked for what comes after one place, and was given it up to another. */
    synchronized void pulled(DeviceId device, long from, long to) {
        Visit before = visits.getOrDefault(device, Visit.NONE);
        boolean again = before.from() == from && before.to() > from && !before.pulledAt().equals(Instant.EPOCH);
        note(device, new Visit(clock.instant(), before.pushedAt(), from, to, again));
    }

    /** Something that they wrote came. */
    synchronized void pushed(Set<DeviceId> authors) {
        for (DeviceId author : authors) {
            Visit before = visits.getOrDefault(author, Visit.NONE);
            note(author, new Visit(before.pulledAt(), clock.instant(), before.from(), before.to(), before.again()));
        }
    }

    synchronized Map<DeviceId, Visit> all() {
        return Map.copyOf(visits);
    }

    private void note(DeviceId device, Visit visit) {
        visits.put(device, visit);
        changed = true;
        if (Duration.between(kept, clock.instant()).compareTo(KEPT_EVERY) >= 0) {
            keep();
        }
    }

    private void keep() {
        ObjectNode all = Json.object();
        visits.forEach((device, visit) -> all.putObject(device.toString()).put("pulled_at", visit.pulledAt().toEpochMilli())
                .put("pushed_at", visit.pushedAt().toEpochMilli()).put("from", visit.from()).put("to", visit.to()).put("again", visit.again()));
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".part");
            Files.write(draft, Json.bytes(all));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            changed = false;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "who was here when is not kept in {0}: {1}", file, e.getMessage());
        }
        kept = clock.instant();
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            Json.read(Files.readAllBytes(file)).properties().forEach(each -> {
                JsonNode visit = each.getValue();
                Id.parse(each.getKey()).ifPresent(id -> visits.put(new DeviceId(id), new Visit(
                        Instant.ofEpochMilli(visit.path("pulled_at").asLong()), Instant.ofEpochMilli(visit.path("pushed_at").asLong()),
                        visit.path("from").asLong(), visit.path("to").asLong(), visit.path("again").asBoolean())));
            });
        } catch (IOException | HephException e) {
            LOG.log(System.Logger.Level.WARNING, "who was here when is not known from {0}: {1}", file, e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        if (changed) {
            keep();
        }
    }
}
