package dev.heph.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the files beside a backup only older backups go. */
class SeriesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:17:00Z");

    @TempDir
    Path tmp;

    private Path file(String name) throws IOException {
        return Files.writeString(tmp.resolve(name), name);
    }

    private Path directory(String name) throws IOException {
        Files.writeString(Files.createDirectory(tmp.resolve(name)).resolve("hub.db"), name);
        return tmp.resolve(name);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(tmp)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theOldestGoFilesAndDirectories() throws IOException {
        file("heph-2026-11-18-031700.db");
        directory("heph-2026-11-19-031700");
        directory("heph-2026-11-20-031700");
        directory("heph-2026-11-21-031700");
        Path made = new Series(tmp).next(NOW, ZoneOffset.UTC, "");
        Files.createDirectory(made);

        assertThat(new Series(tmp).keep(made, 3, NOW)).isEqualTo(2);
        assertThat(left()).containsExactly("heph-2026-11-20-031700", "heph-2026-11-21-031700", "heph-2026-11-22-031700");
        assertThat(new Series(tmp).keep(made, 3, NOW)).isZero();
    }

    @Test
    void whatWasJustMadeStaysWhateverTheClockWas() throws IOException {
        file("heph-2031-01-01-000000.db");
        Path made = file("heph-2026-11-22-031700.db");

        assertThat(new Series(tmp).keep(made, 1, NOW)).isOne();
        assertThat(left()).containsExactly("heph-2026-11-22-031700.db");
    }

    @Test
    void nothingElseIsTouched() throws IOException {
        List<String> others = List.of(".heph-backup-notes", "before-restore-2020-01-01", "heph-2020-01-01-000000.db.old", "heph-2020-01-01.db",
                "my heph-2020-01-01-000000.db", "notes.md");
        for (String other : others) {
            old(file(other));
        }
        Path made = file("heph-2026-11-22-031700.db");

        assertThat(new Series(tmp).keep(made, 1, NOW)).isZero();
        assertThat(left()).containsAll(others).hasSize(others.size() + 1);
    }

    @Test
    void draftsThatWereGivenUpGoAndThoseOfTodayStay() throws IOException {
        old(file(".heph-backup-123.part"));
        old(file(".heph-backup-123.part-wal"));
        old(directory(".heph-backup-456"));
        Files.setLastModifiedTime(file(".heph-backup-789.part"), FileTime.from(NOW));
        Path made = file("heph-2026-11-22-031700.db");

        new Series(tmp).keep(made, 1, NOW);

        assertThat(left()).containsExactly(".heph-backup-789.part", "heph-2026-11-22-031700.db");
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(2))));
    }
}
