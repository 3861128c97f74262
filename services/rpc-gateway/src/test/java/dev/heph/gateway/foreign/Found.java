package dev.heph.gateway.foreign;

import dev.heph.runtime.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is found in a file. */
final class Found implements Findings {
    final List<ForeignTask> tasks = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();
    int seen;

    static Found in(Source source, String file) {
        return in(source, file.getBytes(StandardCharsets.UTF_8));
    }

    static Found in(Source source, byte[] file) {
        Found found = new Found();
        try {
            source.read(new ByteArrayInputStream(file), found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    public void seen() {
        seen++;
    }

    @Override
    public void task(ForeignTask task) {
        tasks.add(task);
    }

    @Override
    public void skipped(String where, String reason) {
        skipped.add(where + ": " + reason);
    }

    List<String> titles() {
        return tasks.stream().map(ForeignTask::title).toList();
    }

    ForeignTask task(String title) {
        return tasks.stream().filter(task -> task.title().equals(title)).findFirst().orElseThrow();
    }

    /** As the store is asked, with single quotes for the reader's sake, and without what every task has. */
    static String sent(ForeignTask task) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var json = Json.MAPPER.createGenerator(out)) {
            task.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .replace('"', '\'')
                .replace("'key':'" + task.key() + "',", "")
                .replace("'state':'outstanding',", "")
                .replace("'attention':'white'", "white");
    }
}
