package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a hub tells who runs it ("who runs it" in docs/design/auth.md). */
class HubReportTest extends HubAndDevices {
    private String admit(String subject, String name) {
        return hub.call("people.admit", "{'issuer':'https://id.example','subject':'" + subject + "','name':'" + name + "'}").path("space").asText();
    }

    private JsonNode device(RunningStore store) {
        String id = store.call("exchange.state", "{}").path("device").asText();
        return hub.call("hub.devices", "{}").valueStream().filter(device -> device.path("id").asText().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void everybodyWhoHasASpaceIsListed() {
        String ada = admit("ada", "Ada");
        String bob = admit("bob", "Bob");
        hub.callIn(ada, "node.create", "{'kind':'doc','title':'Secret'}");

        JsonNode users = hub.call("hub.users", "{}");

        assertThat(users.findValuesAsText("space")).containsExactlyInAnyOrder(ada, bob);
        JsonNode first = users.valueStream().filter(user -> user.path("space").asText().equals(ada)).findFirst().orElseThrow();
        assertThat(first.path("issuer").asText()).isEqualTo("https://id.example");
        assertThat(first.path("subject").asText()).isEqualTo("ada");
        assertThat(first.path("name").asText()).isEqualTo("Ada");
        assertThat(first.path("since").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());
        assertThat(first.path("devices").asLong()).as("the hub itself is none").isZero();
        assertThat(first.path("ops").asLong()).isPositive();
        assertThat(first.path("bytes").asLong()).isPositive();
        assertThat(first.has("seen_at")).isFalse();
        assertThat(users.toString()).doesNotContain("Secret");
    }

    @Test
    void withoutALoginTheOnlySpaceIsTheHubsOwn() {
        laptop.doc("Soup", "");
        sync(laptop);
        JsonNode users = hub.call("hub.users", "{}");
        assertThat(users.findValuesAsText("space")).containsExactly("personal");
        assertThat(users.at("/0/devices").asLong()).isEqualTo(1);
        assertThat(users.at("/0/seen_at").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());

        admit("ada", "Ada");
        assertThat(hub.call("hub.users", "{}").findValuesAsText("space")).as("what was there before the login").hasSize(2).contains("personal");
    }

    @Test
    void aDeviceLagsByWhatItHasNotBeenGiven() {
        laptop.doc("Soup", "");
        sync(laptop);
        sync(phone);
        assertThat(device(phone).path("lag").asLong()).isZero();

        hub.now("2026-11-21T13:00:00Z");
        laptop.doc("Bread", "");
        sync(laptop);
        assertThat(device(laptop).path("lag").asLong()).as("what it wrote itself").isZero();
        assertThat(device(laptop).path("name").asText()).isNotEmpty();
        assertThat(device(phone).path("lag").asLong()).isPositive();
        assertThat(device(phone).path("pulled_at").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());
        assertThat(device(laptop).path("pushed_at").asLong()).isEqualTo(RunningStore.NOON.plusSeconds(3600).toEpochMilli());
        sync(phone);
        assertThat(device(phone).path("lag").asLong()).isZero();
    }

    /** It asks and is answered, so that it seems well; but what it is given it does not keep. */
    @Test
    void aDeviceThatAsksForTheSameAgainHasNotTakenIt() {
        sync(phone);
        laptop.doc("Soup", "");
        sync(laptop);
        ObjectNode query = (ObjectNode) phone.call("exchange.cursor", "{}");
        hub.bytes("exchange.page", Json.bytes(query));
        assertThat(device(phone).path("lag").asLong()).as("it has just been given all").isZero();
        hub.bytes("exchange.page", Json.bytes(query));
        assertThat(device(phone).path("lag").asLong()).isPositive();
        hub.bytes("exchange.page", Json.bytes(query));
        assertThat(device(phone).path("lag").asLong()).isPositive();
        sync(phone);
        sync(phone);
        assertThat(device(phone).path("lag").asLong()).isZero();
    }

    @Test
    void whoWasHereWhenOutlivesARestartAndARuinedFile() throws Exception {
        laptop.doc("Soup", "");
        sync(laptop);
        hub.restart();
        assertThat(device(laptop).path("pushed_at").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());
        hub.stop();
        Files.writeString(hub.home.data().resolve("visits.json"), "{\"x\":");
        hub.start();
        assertThat(device(laptop).has("pushed_at")).isFalse();
    }

    @Test
    void figuresAreOfEverybodyTogether() throws Exception {
        laptop.doc("Soup", "");
        sync(laptop);
        String ada = admit("ada", "Ada");
        hub.callIn(ada, "node.create", "{'kind':'doc','title':'Secret'}");

        JsonNode stats = hub.call("hub.stats", "{}");

        assertThat(stats.path("users").asLong()).isEqualTo(1);
        assertThat(stats.path("devices").asLong()).isEqualTo(1);
        assertThat(stats.path("segments").asLong()).isPositive();
        assertThat(stats.path("started_at").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());
        assertThat(stats.path("ops").asLong()).isEqualTo(hub.ops() + hub.callIn(ada, "exchange.state", "{}").path("seq").asLong());
        for (String zero : List.of("conflicts", "unapplied", "waiting_bundles", "writer_queue", "broken")) {
            assertThat(stats.path(zero).isIntegralNumber()).as(zero).isTrue();
            assertThat(stats.path(zero).asLong()).as(zero).isZero();
        }
    }

    @Test
    void whatHoldsIsVerified() {
        laptop.doc("Soup", "");
        phone.doc("Bread", "");
        sync(laptop);
        sync(phone);
        JsonNode verified = hub.call("hub.verify", "{}");
        assertThat(verified.path("ok").asBoolean()).as(verified.toString()).isTrue();
        assertThat(verified.at("/spaces/0/checks").findValuesAsText("name"))
                .containsExactly("database file", "log", "signatures", "order of arrival", "later versions", "rebuild from the log");
    }

    /** What devices send meanwhile is not shown yet when it is in the log: a look that fell between the two would find them to differ. */
    @Test
    void whatHoldsIsVerifiedWhileDevicesGoOnSending() throws Exception {
        var done = new AtomicBoolean();
        var sent = new AtomicInteger();
        var sending = new FutureTask<>(() -> {
            while (!done.get()) {
                laptop.doc("Soup " + sent.get(), "[[Bread]] and [[Soup " + (sent.get() - 1) + "]]");
                push(laptop, hub, Json.object());
                sent.incrementAndGet();
            }
            return sent.get();
        });
        Thread.ofPlatform().start(sending);
        try {
            for (int look = 0; look < 4; look++) {
                int before = sent.get();
                await().until(() -> sent.get() > before);
                JsonNode verified = hub.call("hub.verify", "{}");
                assertThat(verified.path("ok").asBoolean()).as("look " + look + ": " + verified).isTrue();
                JsonNode examined = hub.call("doctor", "{'rebuild_check':true}");
                assertThat(examined.path("ok").asBoolean()).as("look " + look + ": " + examined).isTrue();
            }
        } finally {
            done.set(true);
        }
        assertThat(sending.get()).isPositive();
    }

    /** Each change of the file is found, and told by where it is. */
    @Test
    void whatDoesNotHoldIsNamed() throws Exception {
        laptop.doc("Soup", "");
        sync(laptop);
        phone.doc("Bread", "");
        sync(phone);
        String written = laptop.call("exchange.state", "{}").path("device").asText();

        assertThat(wrong("UPDATE signatures SET signature = zeroblob(64) WHERE device = (SELECT num FROM devices WHERE name IS NOT NULL AND seq > 0"
                + " AND id = (SELECT id FROM devices ORDER BY num DESC LIMIT 1))")).startsWith("signatures: the signature of device ");
        assertThat(wrong("DELETE FROM signatures")).startsWith("signatures: nothing signs what device ");
        assertThat(wrong("UPDATE arrivals SET chain = zeroblob(32) WHERE n = 2")).isEqualTo("order of arrival: the number 2 does not follow from what came before it");
        assertThat(wrong("DELETE FROM arrivals WHERE n = 1")).startsWith("order of arrival: the number 2");
        assertThat(wrong("UPDATE nodes SET title = 'Poison' WHERE title = 'Soup'")).startsWith("rebuild from the log: differs in: ");
        assertThat(wrong("DROP TRIGGER bundles_are_final; UPDATE bundles SET payload = zeroblob(9) WHERE arrival = 1")).startsWith("log: ").contains(written);
    }

    /** What is found first after a change of a copy of the hub. */
    private String wrong(String sql) throws Exception {
        try (RunningStore copy = hub.copy()) {
            copy.stop();
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy.home.data().resolve("heph.db")); var statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            }
            copy.start();
            JsonNode verified = copy.call("hub.verify", "{}");
            assertThat(verified.path("ok").asBoolean()).isFalse();
            assertThat(verified.at("/spaces/0").has("error")).as(verified.toString()).isFalse();
            JsonNode first = verified.at("/spaces/0/checks").valueStream().filter(check -> !check.path("ok").asBoolean()).findFirst().orElseThrow();
            return first.path("name").asText() + ": " + first.path("detail").asText();
        }
    }

    @Test
    void whoseDatabaseIsBrokenIsNamedAndTheOthersAreTold() throws Exception {
        String ada = admit("ada", "Ada");
        String bob = admit("bob", "Bob");
        hub.callIn(bob, "exchange.state", "{}");
        Files.writeString(Files.createDirectories(hub.home.data().resolve("people").resolve(ada)).resolve("heph.db"), "no database of anybody's");

        JsonNode users = hub.call("hub.users", "{}");
        assertThat(users.valueStream().filter(user -> user.has("error")).map(user -> user.path("space").asText())).containsExactly(ada);
        assertThat(users.valueStream().filter(user -> user.has("ops")).map(user -> user.path("space").asText())).containsExactly(bob);
        assertThat(hub.call("hub.stats", "{}").path("broken").asLong()).isEqualTo(1);
        JsonNode verified = hub.call("hub.verify", "{}");
        assertThat(verified.path("ok").asBoolean()).isFalse();
    }

    /** Who only looks at everybody writes in nobody's space, and leaves it as little open as it was. */
    @Test
    void nothingIsWrittenInTheSpacesThatAreToldOf() throws Exception {
        String ada = admit("ada", "Ada");
        laptop.doc("Soup", "");
        sync(laptop);
        hub.stop();
        Path data = Files.createDirectories(hub.home.data().resolve("people").resolve(ada));
        for (String file : List.of("heph.db", "device.key", "visits.json")) {
            Files.copy(hub.home.data().resolve(file), data.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        hub.start();
        Map<String, String> before = files(data);

        assertThat(hub.call("hub.users", "{}").findValuesAsText("devices")).containsOnly("1");
        assertThat(hub.call("hub.devices", "{}").findValuesAsText("user")).contains("Ada");
        assertThat(hub.call("hub.stats", "{}").path("devices").asLong()).isEqualTo(2);
        assertThat(hub.call("hub.stats", "{}").path("spaces_open").asLong()).isZero();
        assertThat(files(data)).isEqualTo(before);

        hub.callIn(ada, "node.create", "{'kind':'doc','title':'Bread'}");
        assertThat(hub.call("hub.stats", "{}").path("spaces_open").asLong()).isEqualTo(1);
        assertThat(hub.call("hub.users", "{}").findValuesAsText("error")).as("while it is open").isEmpty();
    }

    /** Each file's time and bytes, but for what a reader of SQLite's leaves beside the database, in which is nothing. */
    private static Map<String, String> files(Path directory) throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                boolean readers = file.toString().endsWith("-shm") || file.toString().endsWith("-wal") && Files.size(file) == 0;
                if (!readers) {
                    files.put(file.getFileName().toString(), Files.getLastModifiedTime(file) + " " + HexFormat.of().formatHex(Files.readAllBytes(file)).hashCode());
                }
            }
        }
        return files;
    }

    /** Whoever is let in as a person gets to that person's space, which answers nothing of this. */
    @Test
    void noSpaceOfAPersonAnswersIt() {
        String ada = admit("ada", "Ada");
        for (String method : List.of("hub.users", "hub.devices", "hub.stats", "hub.verify")) {
            assertThatThrownBy(() -> hub.callIn(ada, method, "{}")).isInstanceOfSatisfying(HephException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_METHOD));
            assertThatThrownBy(() -> laptop.call(method, "{}")).isInstanceOfSatisfying(HephException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_METHOD));
        }
    }
}
