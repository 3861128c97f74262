package dev.heph.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.replica.TestReplica;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes databases as this version of heph makes them, for {@link FixtureTest} of all later versions; src/test/resources/fixtures/README.md says how.
 * Compiles with older versions too: what they do not know is left out.
 */
@EnabledIfSystemProperty(named = FixtureMaker.DIRECTORY, matches = ".+")
class FixtureMaker {
    static final String DIRECTORY = "heph.fixtures";

    private static final long MONDAY = 1_795_000_000_000L;

    private static ObjectNode of(String key, String value) {
        return Json.object().put(key, value);
    }

    private static JsonNode attempt(RunningStore store, String method, ObjectNode params) {
        try {
            return store.call(method, params);
        } catch (HephException unknownThen) {
            System.out.println(method + ": " + unknownThen.getMessage());
            return Json.object();
        }
    }

    private static ObjectNode file(String action, String body) {
        ObjectNode params = of("vault", "Kitchen").put("action", action).put("last", true);
        params.withArray("notes").addObject().put("path", "a/Bread.md").put("title", "Bread").put("body", body);
        return params;
    }

    /** What one person does on one device. */
    @Test
    void one() throws Exception {
        try (RunningStore store = RunningStore.temporary()) {
            String soup = store.doc("Soup", "---\naliases: [Broth]\n---\nsee [[Bread]], [[Nowhere]] and #cooking\n- [ ] salt\n- [x] water\n");
            store.call("node.update", of("id", soup).put("body", "---\naliases: [Broth]\n---\nsee [[Bread]], [[Nowhere]] and #cooking 🍲\n- [x] salt\n- [ ] water\n"));
            attempt(store, "import.batch", file("01ARZ3NDEKTSV4RRFFQ69G5FAV", "flour\n"));
            attempt(store, "import.batch", file("01ARZ3NDEKTSV4RRFFQ69G5FAW", "rye flour\n- [ ] knead\n"));
            store.call("node.rename", of("id", soup).put("title", "Good soup"));
            store.call("alias.add", of("id", soup).put("alias", "Supper"));
            store.call("tag.add", of("id", soup).put("tag", "home"));
            String rent = store.call("task.create", of("title", "Pay rent").put("attention", "red").put("do_date", "2026-12-01")
                    .put("late_on", "2026-12-05T09:30").put("project", "House")).path("id").asText();
            String call = store.call("task.create", of("title", "Call the landlord")).path("id").asText();
            store.call("link.add", of("src", call).put("dst", rent).put("type", "blocks"));
            store.call("log.append", of("id", rent).put("text", "asked for the number"));
            store.call("task.set_state", of("id", call).put("state", "done"));
            attempt(store, "undo", Json.object());
            attempt(store, "redo", Json.object());
            String plants = store.call("task.create", of("title", "Water the plants")).path("id").asText();
            attempt(store, "task.set_recurrence", of("id", plants).put("rule", "FREQ=DAILY"));
            attempt(store, "task.set_state", of("id", plants).put("state", "done"));
            String day = store.call("journal.open_or_create", of("date", "2026-11-20")).path("id").asText();
            store.call("node.update", of("id", day).put("body", "a day"));
            String gone = store.doc("Gone", "deleted");
            store.call("node.tombstone", of("id", gone));
            keep(store.home.data().resolve("heph.db"), "");
        }
    }

    /** What two devices do, apart and together. */
    @Test
    void two() throws Exception {
        try (TestReplica laptop = new TestReplica(1, MONDAY); TestReplica phone = new TestReplica(2, MONDAY + 1_000)) {
            Id soup = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of("water\nsalt\n")));
            Id rent = laptop.change(change -> NodeCommands.create(change, Kind.TASK, "Pay rent", Optional.empty()));
            Id gone = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Gone", Optional.of("")));
            phone.pull(laptop);
            apart(laptop, soup, rent, "water and wine\nsalt\n", "red");
            apart(phone, soup, rent, "hot water\nsalt\npepper\n", "orange");
            laptop.change(change -> act(() -> change.tombstone(gone)));
            phone.change(change -> act(() -> change.set(gone, Field.TITLE, Value.text("Not gone"))));
            laptop.pull(phone);
            phone.pull(laptop);
            phone.change(change -> act(() -> change.link(new Op.Link(rent, "blocks", soup, Optional.empty()))));
            laptop.pull(phone);
            laptop.change(change -> act(() -> change.unlink(new Op.Link(rent, "blocks", soup, Optional.empty()))));
            keep(Path.of(laptop.<String>read(tx -> tx.first("SELECT file FROM pragma_database_list WHERE name = 'main'", row -> row.getString(1))
                    .orElseThrow())), "-two");
        }
    }

    private static void apart(TestReplica device, Id note, Id task, String body, String attention) {
        device.change(change -> change.save(note, "body", body, Optional.empty()));
        device.change(change -> act(() -> change.set(task, Field.ATTENTION, Value.text(attention))));
    }

    private static Void act(Runnable deed) {
        deed.run();
        return null;
    }

    private static void keep(Path database, String what) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database); Statement statement = connection.createStatement()) {
            int schema = number(statement, "PRAGMA user_version");
            Path file = Path.of(System.getProperty(DIRECTORY)).resolve("schema-" + schema + what + ".db");
            Files.deleteIfExists(file);
            statement.execute("VACUUM INTO '" + file + "'");
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.getInt(1);
        }
    }
}
