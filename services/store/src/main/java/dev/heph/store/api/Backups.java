package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import dev.heph.store.backup.Backup;
import dev.heph.store.backup.Series;
import dev.heph.store.backup.Summary;
import dev.heph.store.command.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Making backups. Without a path they go to the data directory; in a directory they are named after their time. */
final class Backups {
    private final Backup backup;
    private final Path usual;
    private final ZoneId zone;
    private final Clock clock;

    /** @param usual the directory for those without a path; made when needed */
    Backups(Backup backup, Path usual, ZoneId zone, Clock clock) {
        this.backup = backup;
        this.usual = usual;
        this.zone = zone;
        this.clock = clock;
    }

    JsonNode make(Params params) {
        Instant now = clock.instant();
        Path target = target(params, ".db", now);
        ObjectNode told = told(target, now, backup.make(target, now));
        removeOlder(params, target, now, told);
        return told;
    }

    /** Where the params say how many are to be kept, and then says how many went. */
    static void removeOlder(Params params, Path made, Instant now, ObjectNode told) {
        int keep = keep(params);
        if (keep > 0) {
            told.put("removed", new Series(made.getParent()).keep(made, keep, now));
        }
    }

    private static int keep(Params params) {
        return (int) params.number("keep", 0, 1, 10_000);
    }

    /** Where a backup is wanted: what was named, or a name of that moment in the directory that was, or in the usual one. */
    Path target(Params params, String ending, Instant now) {
        Path place = params.maybeText("path").map(Backups::path).orElseGet(this::usual);
        if (Files.isDirectory(place)) {
            return new Series(place).next(now, zone, ending);
        }
        if (keep(params) > 0) {
            throw new HephException(Reason.INVALID_PARAMS, "'keep' is about the backups in a directory, and " + place + " is none");
        }
        return place;
    }

    /** Makes one there. */
    Summary to(Path target, Instant now) {
        return backup.make(target, now);
    }

    static ObjectNode told(Path target, Instant now, Summary made) {
        return Json.object()
                .put("path", target.toString())
                .put("at", now.toEpochMilli())
                .put("bytes", made.bytes())
                .put("notes", made.notes())
                .put("ops", made.ops())
                .put("devices", made.devices());
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text).normalize();
            if (path.isAbsolute() && path.getParent() != null) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new HephException(Reason.INVALID_PARAMS, "'path' is no path: " + e.getReason(), e);
        }
        throw new HephException(Reason.INVALID_PARAMS, "'path' must be absolute, such as /media/stick");
    }

    private Path usual() {
        try {
            return Files.createDirectories(usual);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no backup was made: " + usual + " cannot be made: " + IoReason.of(e), e);
        }
    }
}
