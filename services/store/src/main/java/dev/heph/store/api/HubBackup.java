package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import dev.heph.store.backup.Disk;
import dev.heph.store.backup.Summary;
import dev.heph.store.command.Params;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backup of a hub. Where people have logged in it is a directory with a file for each of them, {@code SPACE.db}, who that is,
 * {@code SPACE.json}, and the
 * hub's own, {@code hub.db}; each is as its database was at one moment, not all at the same. It is there whole, or not at all.
 */
final class HubBackup {
    private final Backups own;
    private final People people;
    private final InstantSource clock;

    HubBackup(Backups own, People people, InstantSource clock) {
        this.own = own;
        this.people = people;
        this.clock = clock;
    }

    JsonNode make(Params params) {
        if (people.count() == 0) {
            return own.make(params);
        }
        Instant now = clock.instant();
        Path target = own.target(params, "", now);
        if (Files.exists(target)) {
            throw new HephException(Reason.CONFLICT, target + " exists, and a backup never replaces anything: name another");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new HephException(Reason.NOT_FOUND,
                    "no backup was made: there is no directory " + target.getParent() + "; make it first");
        }
        try {
            return Backups.told(target, now, copied(target, now));
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no backup was made: " + target.getParent() + " cannot be written: " + IoReason.of(e),
                    e);
        }
    }

    private Summary copied(Path target, Instant now) throws IOException {
        Path draft = Files.createTempDirectory(target.getParent(), ".heph-backup-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            var all = new Object() {
                private Summary sum = own.to(draft.resolve("hub.db"), now);
            };
            people.each((space, open) -> {
                all.sum = plus(all.sum, open.backups().to(draft.resolve(space + ".db"), now));
                copy(people.owner(space), draft.resolve(space + ".json"));
            });
            Disk.force(draft);
            Files.move(draft, target);
            Disk.force(target.getParent());
            return all.sum;
        } finally {
            delete(draft);
        }
    }

    private static Summary plus(Summary a, Summary b) {
        return new Summary(a.notes() + b.notes(), a.ops() + b.ops(), a.devices() + b.devices(), a.bytes() + b.bytes(), Optional.empty());
    }

    private static void copy(Path file, Path to) {
        try {
            Files.copy(file, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left of one that was not made. */
    private static void delete(Path draft) throws IOException {
        if (Files.exists(draft)) {
            try (Stream<Path> files = Files.walk(draft)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
