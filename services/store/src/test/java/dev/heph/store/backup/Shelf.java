package dev.heph.store.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.store.StoreService;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A home whose store is started and stopped between backups. */
record Shelf(Home home) {
    static Shelf in(Path directory) {
        dev.heph.runtime.Log.start(dev.heph.settings.LogLevel.WARNING, System.err);
        return new Shelf(Home.in(directory).create());
    }

    /** What a store on this home answers while it runs. */
    <T> T running(Function<ServiceClient, T> work) {
        try (Service store = StoreService.start(home, Settings.load(home, Map.of(), Map.of()), Clock.systemUTC())) {
            return work.apply(new ServiceClient(home, "store"));
        }
    }

    void note(String title) {
        running(store -> note(store, title));
    }

    static JsonNode note(ServiceClient store, String title) {
        return store.call("node.create", Json.object().put("kind", "doc").put("title", title));
    }

    JsonNode backup(Path to) {
        return running(store -> store.call("backup", Json.object().put("path", to.toString())));
    }

    /** The titles of the notes that there are, once the doctor has found nothing. */
    List<String> titles() {
        return running(store -> {
            JsonNode report = store.call("doctor", Json.object().put("rebuild_check", true));
            if (!report.path("ok").asBoolean()) {
                throw new AssertionError(report.toString());
            }
            List<String> titles = new ArrayList<>();
            store.call("node.list", Json.object().put("sort", "title")).path("nodes").forEach(node -> titles.add(node.path("title").asText()));
            return titles;
        });
    }

    JsonNode state() {
        return running(store -> store.call("exchange.state", Json.object()));
    }

    String device() {
        return running(store -> store.call("device.list", Json.object()).findPath("id").asText());
    }

    /** What the restore says, a line each. */
    List<String> restore(Path file) throws IOException {
        return restore(Mode.DEVICE, file, "go\n");
    }

    List<String> restore(Mode mode, Path file, String in) throws IOException {
        var out = new ByteArrayOutputStream();
        Settings settings = Settings.load(home, Map.of("HEPH_MODE", mode.name()), Map.of());
        RestoreMain.run(home, settings, file, new BufferedReader(new StringReader(in)), new PrintStream(out, true, StandardCharsets.UTF_8),
                Clock.systemUTC());
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    Path database() {
        return home.data().resolve("heph.db");
    }

    Path backups() {
        return home.data().resolve("backups");
    }

    static String sql(Path database, String... statements) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database); var statement = connection.createStatement()) {
            for (int i = 0; i < statements.length - 1; i++) {
                statement.execute(statements[i]);
            }
            return statement.execute(statements[statements.length - 1]) ? statement.getResultSet().getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
