package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.JsonException;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The filters that were saved under a name: {@code views.json} in the config directory, to be read and copied by people too. */
final class Views {
    private final Home home;
    private final Path file;
    private final TreeMap<String, String> filters;

    private Views(Home home, Path file, TreeMap<String, String> filters) {
        this.home = home;
        this.file = file;
        this.filters = filters;
    }

    static Views in(Home home) throws IOException {
        Path file = home.config().resolve("views.json");
        var filters = new TreeMap<String, String>();
        if (Files.exists(file)) {
            try {
                object(Json.parse(Files.readAllBytes(file)), file)
                        .forEach((name, filter) -> filters.put(name.toString(), new Json(filter).text()));
            } catch (JsonException e) {
                throw new HephException(Reason.PARSE, file + " is " + e.getMessage() + ". Mend it, or move it away", e);
            }
        }
        return new Views(home, file, filters);
    }

    private static Map<?, ?> object(Json json, Path file) {
        if (json.value() instanceof Map<?, ?> map) {
            return map;
        }
        throw new HephException(Reason.PARSE, file + " is not an object of names and filters. Mend it, or move it away");
    }

    /** By name, in the order of the names. */
    Map<String, String> all() {
        return filters;
    }

    void put(String name, String filter) throws IOException {
        filters.put(name, filter);
        write();
    }

    /** @return whether there was one */
    boolean remove(String name) throws IOException {
        boolean there = filters.remove(name) != null;
        if (there) {
            write();
        }
        return there;
    }

    /** Beside it and then in its place: what is there is never half written. */
    private void write() throws IOException {
        home.create();
        Path next = Files.createTempFile(file.getParent(), "views", ".json");
        Files.writeString(next, new Json(filters) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
