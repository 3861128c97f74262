package dev.heph.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was typed and what came back, as a person would write it down: a line {@code $ command} for bash, then what it said on
 * standard error, then {@code [exit code]} unless that was 0. Everything else between the commands is the reader's.
 */
final class Transcript {
    private static final String PROMPT = "$ ";

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> end;

    /**
     * @param remarks the lines in front of the command
     * @param said what came back, a line each
     */
    record Entry(List<String> remarks, String command, List<String> said) {
        String text() {
            var lines = new ArrayList<>(remarks);
            lines.add(PROMPT + command);
            lines.addAll(said);
            return String.join("\n", lines) + "\n";
        }
    }

    Transcript(Path file) {
        this.file = file;
        try {
            List<String> remarks = new ArrayList<>();
            List<String> said = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(PROMPT)) {
                    said = new ArrayList<>();
                    entries.add(new Entry(List.copyOf(remarks), line.substring(PROMPT.length()), said));
                    remarks.clear();
                } else if (line.isEmpty() || line.startsWith("#")) {
                    remarks.add(line);
                } else {
                    said.add(line);
                }
            }
            end = remarks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** Everything that was said, in one text. */
    String said() {
        return String.join("\n", entries.stream().flatMap(entry -> entry.said().stream()).toList());
    }

    /** As the file would be if this was what came back. */
    void replace(List<Entry> actual) {
        try {
            String commands = String.join("", actual.stream().map(Entry::text).toList());
            Files.writeString(file, commands + String.join("\n", end) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
