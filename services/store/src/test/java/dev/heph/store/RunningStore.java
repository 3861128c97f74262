package dev.heph.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.store.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real store on a temporary directory, called over its real HTTP. */
final class RunningStore implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final Home home;
    private final Temporary directory;
    private final Mode mode;
    private Service service;
    private ServiceClient client;
    private volatile Instant now = NOON;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private RunningStore(Temporary directory, Mode mode) {
        this.mode = mode;
        this.directory = directory;
        dev.heph.runtime.Log.start(dev.heph.settings.LogLevel.WARNING, System.err);
        this.home = Home.in(directory.path()).create();
        start();
    }

    static RunningStore temporary() {
        return new RunningStore(Temporary.directory(), Mode.DEVICE);
    }

    static RunningStore hub() {
        return new RunningStore(Temporary.directory(), Mode.HUB);
    }

    /** On what is in a directory already. */
    static RunningStore on(Temporary directory) {
        return new RunningStore(directory, Mode.DEVICE);
    }

    void start() {
        service = StoreService.start(home, settings(), clock);
        client = new ServiceClient(home, "store");
    }

    private Settings settings() {
        Settings usual = Settings.defaults();
        return new Settings(mode, usual.hubUrl(), usual.httpAddress(), usual.tls(), usual.trusted(), usual.plainHttp(), usual.proxies(), usual.login(),
                usual.tokenCommand(), false, usual.zone(), usual.dayStarts(), usual.journalTemplate(), usual.light(),
                usual.deviceName(), usual.logLevel(), usual.logFormat(), usual.placement());
    }

    /** Another one with the same data, as of now: a clone, or the backup that is restored one day. */
    RunningStore copy() {
        Temporary other = Temporary.directory();
        try {
            Home to = Home.in(other.path()).create();
            Files.move(Database.in(home.data()).copy(to.data(), "copy", NOON), to.data().resolve("heph.db"));
            Files.copy(home.data().resolve("device.key"), to.data().resolve("device.key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunningStore(other, mode);
    }

    /** Sends bytes and gets bytes. */
    byte[] bytes(String method, byte[] body) {
        return client.call(method, body, Optional.empty(), ServiceClient.USUAL_TIMEOUT);
    }

    /** Sets the wall clock. */
    void now(String instant) {
        now = Instant.parse(instant);
    }

    void stop() {
        service.close();
    }

    void restart() {
        stop();
        start();
    }

    /** Calls a method with params as JSON in single quotes. */
    JsonNode call(String method, String params) {
        return call(method, Json.read(params.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    Health health() {
        return client.health().orElseThrow();
    }

    boolean ready() {
        return client.ready();
    }

    JsonNode call(String method, JsonNode params) {
        return client.call(method, params);
    }

    /** As {@link #call}, about the space of a person of a hub. */
    JsonNode callIn(String space, String method, String params) {
        return client.in(space).call(method, Json.read(params.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    String create(String kind, String title, String body) {
        return call("node.create", Json.object().put("kind", kind).put("title", title).put("body", body)).path("id").asText();
    }

    String doc(String title, String body) {
        return create("doc", title, body);
    }

    JsonNode get(String id) {
        return call("node.get", Json.object().put("id", id));
    }

    List<String> titles(JsonNode array) {
        List<String> titles = new ArrayList<>();
        array.forEach(item -> titles.add(item.path("title").asText()));
        return titles;
    }

    /** One value read from the database file itself. */
    String sql(String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.data().resolve("heph.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long ops() {
        return Long.parseLong(sql("SELECT count(*) FROM ops"));
    }

    @Override
    public void close() {
        service.close();
        directory.close();
    }
}
