package dev.heph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path tmp;

    @Test
    void linesAreAppendedAtOnce() throws Exception {
        Path file = tmp.resolve("store.log");
        Files.writeString(file, "before\n");
        try (var log = new LogFile(file)) {
            log.add("é");
            assertThat(file).hasContent("before\né\n");
        }
    }

    @Test
    void aLogTurnsAtItsSizeAndThreeAreKept() throws Exception {
        Path file = tmp.resolve("store.log");
        String line = "x".repeat(999_999);
        try (var log = new LogFile(file)) {
            for (int i = 0; i < 23; i++) {
                log.add(i == 20 ? line.replace('x', 'y') : line);
            }
        }

        assertThat(Files.size(file)).isEqualTo(3_000_000);
        assertThat(Files.readString(file)).startsWith("y");
        for (int i = 1; i <= 3; i++) {
            assertThat(Files.size(tmp.resolve("store.log." + i))).isEqualTo(LogFile.MAX_BYTES);
        }
        try (var files = Files.list(tmp)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aLogThatCannotBeTurnedIsGoneOnWith() throws Exception {
        Path file = tmp.resolve("store.log");
        Files.writeString(tmp.resolve("store.log.2"), "old");
        Files.createDirectories(tmp.resolve("store.log.3/in the way"));
        String line = "x".repeat(999_999);
        try (var log = new LogFile(file)) {
            for (int i = 0; i < 7; i++) {
                log.add(line);
            }
            assertThat(Files.size(file)).isEqualTo(7_000_000);

            Files.delete(tmp.resolve("store.log.3/in the way"));
            for (int i = 0; i < 5; i++) {
                log.add(line);
            }
        }

        assertThat(Files.size(file)).as("it was turned at the next occasion").isEqualTo(2_000_000);
        assertThat(Files.size(tmp.resolve("store.log.1"))).isEqualTo(10_000_000);
    }

    @Test
    void theLastComplaintIsWhatAPersonIsTold() {
        assertThat(LogFile.lastComplaint(List.of("heph: first", "other", "heph: second", "later"))).isEqualTo("second");
        assertThat(LogFile.lastComplaint(List.of("other"))).isEmpty();
    }
}
