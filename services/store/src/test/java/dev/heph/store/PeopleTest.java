package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub keeps people apart: each in a database of their own. */
class PeopleTest {
    private static final String ISSUER = "https://id.example";

    private RunningStore hub;

    @BeforeEach
    void start() {
        hub = RunningStore.hub();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private String admit(String issuer, String subject) {
        return hub.call("people.admit", "{'issuer':'" + issuer + "','subject':'" + subject + "','name':'" + subject + "'}").path("space")
                .asText();
    }

    private String note(String space, String title) {
        return hub.callIn(space, "node.create", "{'kind':'doc','title':'" + title + "','body':'a secret of " + title + "\\n'}").path("id")
                .asText();
    }

    private List<String> found(String space) {
        return hub.titles(hub.callIn(space, "search", "{'query':'secret'}").path("hits"));
    }

    @Test
    void aPersonComesOnceAndAnotherSubjectOrIssuerIsSomebodyElse() throws Exception {
        String ada = admit(ISSUER, "ada");

        assertThat(admit(ISSUER, "ada")).isEqualTo(ada);
        assertThat(List.of(admit(ISSUER, "bob"), admit("https://other.example", "ada"), admit(ISSUER + "a", "da"))).doesNotContain(ada)
                .doesNotHaveDuplicates();
        assertThat(hub.call("people.count", "{}").path("people").asInt()).isEqualTo(4);
        hub.restart();
        assertThat(admit(ISSUER, "ada")).isEqualTo(ada);
        Path place = hub.home.data().resolve("people").resolve(ada);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("owner.json")))).isEqualTo("rw-------");
        assertThat(place.resolve("owner.json")).content().contains("\"subject\":\"ada\"");
    }

    @Test
    void whatOnePersonHasNobodyElseFinds() {
        String ada = admit(ISSUER, "ada");
        String bob = admit(ISSUER, "bob");
        String diary = note(ada, "Diary");
        note(bob, "Ledger");

        assertThat(found(ada)).containsExactly("Diary");
        assertThat(found(bob)).containsExactly("Ledger");
        assertThat(hub.titles(hub.call("search", "{'query':'secret'}").path("hits"))).as("the hub's own space").isEmpty();
        String unknown = refusal(bob, "node.get", "{'id':'01ARZ3NDEKTSV4RRFFQ69G5FAV'}");
        assertThat(refusal(bob, "node.get", "{'id':'" + diary + "'}").replace(diary, "01ARZ3NDEKTSV4RRFFQ69G5FAV")).isEqualTo(unknown);
        assertThat(refusal(bob, "node.update", "{'id':'" + diary + "','body':'mine'}")).contains(diary);
        assertThat(hub.callIn(ada, "node.get", "{'id':'" + diary + "'}").path("body").asText()).startsWith("a secret");
    }

    private String refusal(String space, String method, String params) {
        try {
            return "answered: " + hub.callIn(space, method, params);
        } catch (HephException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
            return e.getMessage() + e.data();
        }
    }

    @Test
    void moreComeThanAreKeptOpenAndAllIsThere() throws Exception {
        List<String> spaces = new ArrayList<>();
        for (int person = 0; person < 70; person++) {
            spaces.add(admit(ISSUER, "person " + person));
            note(spaces.getLast(), "Note " + person);
        }
        for (int person = 0; person < 70; person += 23) {
            assertThat(found(spaces.get(person))).containsExactly("Note " + person);
        }
        await().untilAsserted(() -> assertThat(openDatabases()).as("open databases").isLessThanOrEqualTo(64));
    }

    private static long openDatabases() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(PeopleTest::isDatabase).map(PeopleTest::target).distinct().count();
        }
    }

    private static boolean isDatabase(Path descriptor) {
        String target = target(descriptor);
        return target.contains("/people/") && target.endsWith("/heph.db");
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef0123456789abcdef", "people", "0"})
    void nobodyElsesPlaceIsOpened(String space) {
        assertThatThrownBy(() -> hub.callIn(space, "exchange.state", "{}")).hasMessage("this hub has no such space");
        assertThat(hub.home.data().resolve("people").resolve(space)).doesNotExist();
    }

    @Test
    void aPlaceThatIsSomebodyElsesIsNotGivenAway() throws Exception {
        String ada = admit(ISSUER, "ada");
        Path owner = hub.home.data().resolve("people").resolve(ada).resolve("owner.json");
        Files.writeString(owner, Files.readString(owner).replace("\"subject\":\"ada\"", "\"subject\":\"eve\""));

        assertThatThrownBy(() -> admit(ISSUER, "ada")).hasMessageContaining("says in owner.json that it is somebody else's");
    }

    @Test
    void eachPlaceIsAHubOfItsOwn() {
        JsonNode ada = hub.callIn(admit(ISSUER, "ada"), "exchange.state", "{}");
        JsonNode bob = hub.callIn(admit(ISSUER, "bob"), "exchange.state", "{}");

        assertThat(ada.path("mode").asText()).isEqualTo("hub");
        assertThat(ada.path("epoch")).isNotEqualTo(bob.path("epoch"));
        assertThat(ada.path("device")).isNotEqualTo(bob.path("device"));
    }

    @Test
    void aBackupIsOfEverybody() throws Exception {
        assertThat(hub.call("backup", "{}").path("path").asText()).as("nobody has logged in").endsWith(".db");
        String ada = admit(ISSUER, "ada");
        String bob = admit(ISSUER, "bob");
        hub.callIn(ada, "node.create", "{'kind':'doc','title':'Of Ada'}");
        hub.callIn(bob, "node.create", "{'kind':'doc','title':'Of Bob'}");

        JsonNode made = hub.call("backup", "{}");

        Path directory = Path.of(made.path("path").asText());
        assertThat(made.path("notes").asInt()).isEqualTo(2);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
        for (String space : new String[] {ada, bob}) {
            assertThat(directory.resolve(space + ".json")).hasSameBinaryContentAs(hub.home.data().resolve("people").resolve(space)
                    .resolve("owner.json"));
            assertThat(titles(directory.resolve(space + ".db"))).containsExactly(space.equals(ada) ? "Of Ada" : "Of Bob");
        }
        assertThat(directory.resolve("hub.db")).isNotEmptyFile();
        assertThatThrownBy(() -> hub.call("backup", "{'path':'" + directory.resolve("none/there") + "'}"))
                .hasMessageContaining("there is no directory");
        assertThatThrownBy(() -> hub.call("backup", "{'path':'" + directory.resolve("hub.db") + "'}")).hasMessageContaining("exists");
    }

    @Test
    void aPersonIsPutBackByHand() throws Exception {
        String ada = admit(ISSUER, "ada");
        hub.callIn(ada, "node.create", "{'kind':'doc','title':'Before'}");
        Path made = Path.of(hub.call("backup", "{}").path("path").asText());
        hub.callIn(ada, "node.create", "{'kind':'doc','title':'After'}");
        Path data = hub.home.data().resolve("people").resolve(ada);
        String key = Files.readString(data.resolve("device.key"));

        hub.stop();
        for (String gone : new String[] {"heph.db", "heph.db-wal", "heph.db-shm", "device.key", "owner.json"}) {
            Files.deleteIfExists(data.resolve(gone));
        }
        Files.copy(made.resolve(ada + ".db"), data.resolve("heph.db"));
        Files.copy(made.resolve(ada + ".json"), data.resolve("owner.json"));
        hub.start();

        assertThat(hub.callIn(ada, "node.list", "{'kind':'doc'}").path("nodes").findValuesAsText("title")).containsExactly("Before");
        hub.callIn(ada, "node.create", "{'kind':'doc','title':'And on'}");
        assertThat(hub.callIn(ada, "node.list", "{'kind':'doc'}").path("total").asInt()).isEqualTo(2);
        assertThat(data.resolve("device.key")).as("was in the backup").content().isEqualTo(key);
        assertThat(data.resolve("device.key")).satisfies(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        hub.now("2027-01-02T12:00:00Z");
        JsonNode next = hub.call("backup", "{}");
        assertThat(next.path("missing")).as("of the next backup").isEmpty();
        assertThat(titles(Path.of(next.path("path").asText()).resolve(ada + ".db"))).containsExactlyInAnyOrder("Before", "And on");
    }

    @Test
    void aBackupThatCannotBeMadeWholeIsNotThere() throws Exception {
        String ada = admit(ISSUER, "ada");
        hub.callIn(ada, "exchange.state", "{}");
        Files.delete(hub.home.data().resolve("people").resolve(ada).resolve("device.key"));

        assertThatThrownBy(() -> hub.call("backup", "{}")).isInstanceOf(HephException.class);

        assertThat(hub.home.data().resolve("backups")).isEmptyDirectory();
    }

    @Test
    void whoCannotBeCopiedIsNamedAndStopsNobodyElsesBackup() throws Exception {
        String ada = admit(ISSUER, "ada");
        String bob = admit(ISSUER, "bob");
        note(ada, "Of Ada");
        hub.callIn(bob, "exchange.state", "{}");
        Path whole = Path.of(hub.call("backup", "{}").path("path").asText());
        Files.delete(hub.home.data().resolve("people").resolve(bob).resolve("device.key"));

        hub.now("2027-01-01T12:00:00Z");
        JsonNode made = hub.call("backup", "{'keep':1}");

        assertThat(made.path("missing").findValuesAsText("space")).containsExactly(bob);
        assertThat(made.at("/missing/0/reason").asText()).isNotEmpty();
        Path directory = Path.of(made.path("path").asText());
        assertThat(titles(directory.resolve(ada + ".db"))).containsExactly("Of Ada");
        assertThat(directory.resolve(bob + ".db")).doesNotExist();
        assertThat(directory.resolve(bob + ".json")).exists();
        assertThat(whole).as("the only one with Bob").isDirectory();
    }

    @Test
    void theNewestBackupsAreKept() throws Exception {
        admit(ISSUER, "ada");
        for (int day = 1; day <= 3; day++) {
            hub.now("2027-01-0" + day + "T12:00:00Z");
            JsonNode made = hub.call("backup", "{'keep':2}");
            assertThat(made.path("removed").asInt()).isEqualTo(day == 3 ? 1 : 0);
            assertThat(made.has("missing")).isFalse();
        }

        try (Stream<Path> left = Files.list(hub.home.data().resolve("backups"))) {
            assertThat(left.map(each -> each.getFileName().toString().substring(0, 15)).sorted())
                    .containsExactly("heph-2027-01-02", "heph-2027-01-03");
        }
    }

    private static List<String> titles(Path database) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT title FROM nodes WHERE kind = 'doc'")) {
            List<String> titles = new ArrayList<>();
            while (rows.next()) {
                titles.add(rows.getString(1));
            }
            return titles;
        }
    }

    @Test
    void aDeviceHasNoPeople() {
        try (RunningStore device = RunningStore.temporary()) {
            assertThatThrownBy(() -> device.call("people.admit", "{'issuer':'i','subject':'s','name':''}"))
                    .hasMessageContaining("no method");
            assertThatThrownBy(() -> device.callIn("0123456789abcdef0123456789abcdef", "exchange.state", "{}"))
                    .hasMessage("heph's store has no spaces of others");
        }
    }
}
