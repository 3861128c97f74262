package dev.heph.store.api;

import dev.heph.model.id.DeviceId;
import dev.heph.runtime.Meters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a store says about itself in numbers. */
final class Figures {
    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final int MOST_LAGS = 200;
    private static final int ID_LETTERS = 8;

    private final Path data;
    private final OpenSpace own;
    private final People people;
    private final InstantSource clock;

    Figures(Path data, OpenSpace own, People people, InstantSource clock) {
        this.clock = clock;
        this.data = data;
        this.own = own;
        this.people = people;
    }

    void tell(Meters meters) {
        meters.gauge("heph.database.bytes", "all databases with their write-ahead logs", () -> bytes(data, 3));
        meters.gauge("heph.disk.free.bytes", "what is left where the data is", () -> data.toFile().getUsableSpace());
        meters.gauge("heph.people", "people with a space on this hub", people::count);
        meters.gauge("heph.spaces.open", "spaces of people that are open", people::open);
        meters.gauge("heph.conflicts", "open conflicts, in the hub's own space and those that are open", () -> count("conflict_count"));
        meters.gauge("heph.unapplied.ops", "ops that wait for a newer heph, in the same spaces", () -> count("unapplied_count"));
        meters.gauge("heph.writer.queue", "writes that wait for their turn, in the same spaces", () -> own.queue() + people.sum(OpenSpace::queue));
        meters.gauge("heph.devices.behind", "devices that asked in the last ten minutes and lack something, in the same spaces", () -> lags().size());
        meters.gauges("heph.lag.ops", "how many ops each of these lacks, of the 200 that lack most", this::most);
    }

    private record Lag(String space, DeviceId device, long ops) {
        /** The end of an id says which it is, as in {@code heph hub devices}. */
        private List<String> tags() {
            String id = device.toString().toLowerCase(Locale.ROOT);
            return List.of("space", space, "device", id.substring(id.length() - ID_LETTERS));
        }
    }

    /** A device that sleeps lacks much, and that is well: only of those that ask. */
    private List<Lag> lags() {
        Instant since = clock.instant().minus(LATELY);
        List<Lag> lags = new ArrayList<>();
        own.report().lags(since).forEach((device, ops) -> lags.add(new Lag(HubReport.OWN, device, ops)));
        people.each((name, space) -> space.report().lags(since).forEach((device, ops) -> lags.add(new Lag(name, device, ops))));
        return lags;
    }

    /** Each is a time series for who watches, and whoever is let in may ask under many names. */
    private Map<List<String>, Long> most() {
        return lags().stream().sorted(Comparator.comparingLong(Lag::ops).reversed()).limit(MOST_LAGS)
                .collect(Collectors.toMap(Lag::tags, Lag::ops, Math::max));
    }

    private long count(String name) {
        return own.count(name) + people.sum(space -> space.count(name));
    }

    /** Of the databases in a directory with their write-ahead logs. @param depth 1: in it alone; 3: in those of people below it too */
    static long bytes(Path directory, int depth) {
        try (Stream<Path> all = Files.walk(directory, depth)) {
            return all.filter(file -> file.getFileName().toString().startsWith("heph.db")).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0;
        }
    }
}
