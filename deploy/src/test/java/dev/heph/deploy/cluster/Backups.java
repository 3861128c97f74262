package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The volume with the backups, as whoever looks after the hub finds it. */
record Backups(Path volume) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A night's. */
    record Night(Path directory) {
        /** The database of a person. */
        Path of(String person) {
            try (Stream<Path> files = Files.list(directory)) {
                Path who = files.filter(file -> file.toString().endsWith(".json")).filter(file -> subject(file).equals(person)).findFirst()
                        .orElseThrow(() -> new AssertionError(directory + " does not say who is " + person));
                return directory.resolve(who.getFileName().toString().replace(".json", ".db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String subject(Path owner) {
        try {
            return JSON.readTree(owner.toFile()).path("subject").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Night newest() {
        try (Stream<Path> all = Files.list(volume)) {
            return new Night(all.filter(Files::isDirectory).max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("no backup in " + volume)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
