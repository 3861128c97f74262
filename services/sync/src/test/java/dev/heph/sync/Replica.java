package dev.heph.sync;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.AuthService;
import dev.heph.error.HephException;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Home;
import dev.heph.settings.Login;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.store.StoreService;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A device or a hub with a real store and a real sync, in one JVM, on a directory of its own. */
final class Replica implements AutoCloseable {
    final Path directory;
    final int port;
    private final Mode mode;
    private final Home home;
    private Clock clock = Clock.systemUTC();
    private Optional<URI> hubUrl = Optional.empty();
    private Optional<URI> issuer = Optional.empty();
    private Service store;
    private Service auth;
    private Service sync;
    private final ServiceClient toStore;
    private final ServiceClient toSync;

    private Replica(Path directory, Mode mode, int port) {
        this.directory = directory;
        this.mode = mode;
        this.port = port;
        this.home = Home.in(directory);
        this.toStore = new ServiceClient(home, "store");
        this.toSync = new ServiceClient(home, "sync");
    }

    static Replica device(Path directory) {
        return new Replica(directory, Mode.DEVICE, 0).start();
    }

    static Replica hub(Path directory) {
        return new Replica(directory, Mode.HUB, FreePort.next());
    }

    /** Its clock from the next start on. */
    Replica clockAheadBy(Duration time) {
        clock = Clock.offset(Clock.systemUTC(), time);
        return this;
    }

    /** The setting {@code hub.url} from the next start on. */
    Replica hubUrl(String url) {
        hubUrl = Optional.of(URI.create(url));
        return this;
    }

    /** A hub that lets in whom this provider vouches for, from the next start on. */
    Replica lettingIn(URI provider) {
        issuer = Optional.of(provider);
        return this;
    }

    /** A hub that has lost its login, by the next start. */
    Replica lettingInEverybody() {
        issuer = Optional.empty();
        return this;
    }

    Replica start() {
        home.create();
        startStore();
        if (mode == Mode.DEVICE || issuer.isPresent()) {
            auth = AuthService.start(home, settings(), clock);
        }
        startSync();
        return this;
    }

    void startStore() {
        store = StoreService.start(home, settings(), clock);
    }

    void startSync() {
        sync = SyncService.start(home, settings(), clock);
        await().until(toSync::answers);
    }

    void stopSync() {
        sync.close();
        sync = null;
    }

    void stopStore() {
        store.close();
        store = null;
    }

    void stop() {
        if (sync != null) {
            stopSync();
        }
        if (auth != null) {
            auth.close();
            auth = null;
        }
        if (store != null) {
            stopStore();
        }
    }

    private Settings settings() {
        Settings usual = Settings.defaults();
        return new Settings(mode, hubUrl, new InetSocketAddress("127.0.0.1", port), usual.tls(), usual.trusted(), usual.plainHttp(), usual.proxies(),
                issuer.map(provider -> new Login(provider, "heph", "heph", Optional.empty(), Optional.empty())), usual.tokenCommand(), false, ZoneOffset.UTC, usual.dayStarts(), usual.journalTemplate(),
                usual.light(), usual.deviceName(), usual.logLevel(), usual.logFormat(), usual.placement());
    }

    JsonNode auth(String method, JsonNode params) {
        return new ServiceClient(home, "auth").call(method, params);
    }

    JsonNode sync(String method, JsonNode params) {
        return toSync.call(method, params);
    }

    Replica join(String url) {
        sync("hub.join", Json.object().put("url", url));
        return this;
    }

    JsonNode syncNow() {
        return sync("sync.now", Json.object());
    }

    JsonNode status() {
        return sync("sync.status", Json.object());
    }

    Health health() {
        return toSync.health().orElseThrow();
    }

    JsonNode store(String method, JsonNode params) {
        return toStore.call(method, params);
    }

    /** Gives a hub's store a parcel. */
    void take(byte[] parcel) {
        toStore.call("exchange.take", parcel, Optional.empty(), ServiceClient.USUAL_TIMEOUT);
    }

    /** A parcel of what it wrote since the hub's acknowledgement. */
    byte[] offer() {
        return toStore.call("exchange.offer", Json.bytes(Json.object()), Optional.empty(), ServiceClient.USUAL_TIMEOUT);
    }

    /** How far what this device wrote goes, and the hash over every byte of it. */
    JsonNode ownHead() {
        JsonNode own = store("exchange.state", Json.object()).path("device");
        return store("exchange.vector", Json.object()).path("heads").valueStream().filter(head -> head.path("device").equals(own)).findFirst().orElseThrow();
    }

    /** The id of a new note. */
    String note(String title, String body) {
        return store("node.create", Json.object().put("kind", "doc").put("title", title).put("body", body)).path("id").asText();
    }

    JsonNode get(String id) {
        return store("node.get", Json.object().put("id", id));
    }

    boolean has(String id) {
        try {
            return get(id).has("id");
        } catch (HephException notThere) {
            return false;
        }
    }

    /** Equal on two replicas that hold the same. */
    JsonNode digest() {
        return store("exchange.digest", Json.object());
    }

    /** One number read from the database itself. */
    long sql(String query) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.data().resolve("heph.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies what is on the disk; it must not run. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
