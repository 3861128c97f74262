package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.store.backup.Backup;
import dev.heph.store.backup.Summary;
import dev.heph.store.command.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Making backups. Without a path they go to the data directory; in a directory they are named after their time. */
final class Backups {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'heph-'yyyy-MM-dd-HHmmss'.db'");

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
        Path place = params.maybeText("path").map(Backups::path).orElseGet(this::usual);
        Path target = Files.isDirectory(place) ? place.resolve(NAME.format(now.atZone(zone))) : place;
        Summary made = backup.make(target, now);
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
            throw new HephException(Reason.STORAGE, "no backup was made: " + usual + " cannot be made: " + e.getMessage(), e);
        }
    }
}
