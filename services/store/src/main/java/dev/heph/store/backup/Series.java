package dev.heph.store.backup;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The backups of one directory, called after their time. What has another name is somebody else's, and stays. */
public record Series(Path directory) {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'heph-'yyyy-MM-dd-HHmmss");
    private static final Pattern MADE = Pattern.compile("heph-\\d{4}-\\d{2}-\\d{2}-\\d{6}(\\.db)?");
    private static final Pattern DRAFT = Pattern.compile("\\.heph-backup-\\d+(\\.part(-journal|-wal|-shm)?)?");

    /** So long nobody takes: it was given up in the middle. A younger one may be another store's, which writes here too. */
    private static final Duration STALE = Duration.ofDays(1);

    /** @param ending {@code .db} for a file, nothing for a directory */
    public Path next(Instant now, ZoneId zone, String ending) {
        return directory.resolve(NAME.format(now.atZone(zone)) + ending);
    }

    /**
     * Removes the oldest, by their names, and drafts that nobody goes on with.
     *
     * @param made the one that was just made, which stays whatever the clock was when the others were
     * @param newest how many are left, with that one
     * @return how many backups went
     */
    public int keep(Path made, int newest, Instant now) {
        try {
            for (Path draft : named(DRAFT)) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(now.minus(STALE))) {
                    Disk.remove(draft);
                }
            }
            List<Path> older = named(MADE).stream().filter(each -> !each.equals(made)).toList().reversed();
            List<Path> gone = older.subList(Math.min(newest - 1, older.size()), older.size());
            for (Path each : gone) {
                // One that is half gone must not look like a backup
                Path going = each.resolveSibling(".heph-backup-" + each.getFileName().toString().replaceAll("\\D", ""));
                Disk.remove(going);
                Disk.remove(Files.move(each, going));
            }
            return gone.size();
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE,
                    "the backup is " + made + ", but older ones beside it cannot be removed: " + IoReason.of(e), e);
        }
    }

    private List<Path> named(Pattern pattern) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(each -> pattern.matcher(each.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(each -> each.getFileName().toString())).toList();
        }
    }
}
