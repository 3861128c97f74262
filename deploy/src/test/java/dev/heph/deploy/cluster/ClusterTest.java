package dev.heph.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heph.suite.Scene;
import dev.heph.suite.SyncContract;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The hub in a cluster, seen from outside. */
@Timeout(300)
class ClusterTest implements BackupContract, SyncContract {
    /** Where everything is kept, then who asks it. */
    private static final List<String> ALL = List.of("heph-store", "heph-auth", "heph-sync", "heph-rpc-gateway");

    @TempDir
    static Path directory;

    private static Hub hub;
    private static ClusterScene scene;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = Node.missing();
        assumeTrue(missing.isEmpty(), () -> "no cluster here: " + missing.get());
        assumeTrue(Files.isDirectory(Path.of("../services/store/target/lib")), "no jars yet: mvn package makes them");
        hub = Hub.start(directory);
        scene = new ClusterScene(hub, "sam");
    }

    @AfterAll
    static void end() throws Exception {
        if (hub != null) {
            hub.close();
        }
    }

    @Override
    public Hub hub() {
        return hub;
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @BeforeEach
    void allAreReady() {
        hub.awaitReady();
    }

    @Test
    void nobodyIsRootOrCanBeAndTheRootCannotBeWritten() throws Exception {
        for (Pod pod : hub.cluster().pods()) {
            Path process = Path.of("/proc/" + pod.container().first().orElseThrow().pid());
            assertThat(Files.readString(process.resolve("status"))).as(pod.toString()).contains("Uid:\t65532\t65532\t65532\t65532",
                    "Gid:\t65532\t65532\t65532\t65532", "CapEff:\t0000000000000000", "NoNewPrivs:\t1");
            assertThat(Files.readAllLines(process.resolve("mountinfo"))).as(pod.toString())
                    .filteredOn(line -> line.split(" ")[4].equals("/")).singleElement().asString().contains(" / ro,");
        }
    }

    /** kubectl exec deploy/heph-rpc-gateway -- java @cli … */
    @Test
    void whoLooksAfterTheHubAsksItsGateway() {
        Container gateway = hub.cluster().workload("heph-rpc-gateway").pods().getFirst().container();

        assertThat(gateway.exec("java", "@cli", "hub", "status")).contains("hub");
        assertThat(gateway.exec("java", "@cli", "status")).contains("at heph-store:7700: ", "at heph-auth:7700: ", "at heph-sync:7700: ")
                .doesNotContain("down");
        assertThat(gateway.exec("java", "@cli", "health")).contains("store", "auth", "sync");
        assertThat(gateway.exec("java", "@cli", "hub", "stats")).contains("writer queue");
    }

    /** Each from each, at every port that listens. The node itself gets everywhere, so what is refused is there. */
    @Test
    void onlyWhoHasToReachesAService() throws Exception {
        Set<String> reached = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        for (Place to : hub.cluster().pods().stream().map(Pod::place).toList()) {
            for (int port : List.of(7700, 7790, 7800)) {
                if (!hub.cluster().node().here(() -> connects(to.address(), port))) {
                    continue;
                }
                for (String from : senders()) {
                    if (!from.equals(to.name())) {
                        boolean connects = hub.cluster().node().at(from, () -> connects(to.address(), port));
                        (connects ? reached : refused).add(kind(from) + " to " + kind(to.name()) + ":" + port);
                    }
                }
            }
        }

        assertThat(reached).containsExactlyInAnyOrder(
                "heph-auth to heph-store:7700",
                "heph-sync to heph-store:7700", "heph-sync to heph-auth:7700",
                "heph-rpc-gateway to heph-store:7700", "heph-rpc-gateway to heph-auth:7700", "heph-rpc-gateway to heph-sync:7700",
                "heph-backup to heph-store:7700", "heph-backup to heph-auth:7700",
                "traefik to heph-sync:7800",
                "prometheus to heph-store:7790", "prometheus to heph-auth:7790", "prometheus to heph-sync:7790",
                "prometheus to heph-rpc-gateway:7790");
        assertThat(refused).doesNotContainAnyElementsOf(reached).contains(
                "world to heph-store:7700", "world to heph-auth:7700", "world to heph-sync:7700", "world to heph-sync:7800",
                "world to heph-store:7790", "traefik to heph-store:7700", "traefik to heph-sync:7700", "prometheus to heph-store:7700",
                "stranger to heph-store:7700", // whatever it calls itself: it is of another namespace
                "heph-auth to heph-sync:7700", "heph-store to heph-auth:7700", "heph-sync to heph-sync:7700",
                "heph-backup to heph-sync:7700",
                "heph-sync to heph-rpc-gateway:7790");
    }

    @Test
    void onlyAuthReachesTheWorldAndOnlyWhereAProviderIs() throws Exception {
        try (ServerSocket other = hub.cluster().node().at(Hub.WORLD, () -> new ServerSocket(8080))) {
            for (String from : senders()) {
                boolean ours = from.startsWith("heph-");
                assertThat(hub.cluster().node().at(from, () -> connects(Hub.WORLD_ADDRESS, 443))).as(from)
                        .isEqualTo(!ours || from.startsWith("heph-auth"));
                assertThat(hub.cluster().node().at(from, () -> connects(Hub.WORLD_ADDRESS, other.getLocalPort()))).as(from)
                        .isEqualTo(!ours);
            }
        }
    }

    @Test
    void aStrangerIsToldNothing() throws Exception {
        String query = "?space=personal&device=01ARZ3NDEKTSV4RRFFQ69G5FAV";
        for (String asked : List.of("GET /sync/v1/pull", "POST /sync/v1/push", "GET /sync/v1/vector", "GET /sync/v1/digest",
                "GET /sync/v1/snapshot", "GET /sync/v1/snapshot/" + "0".repeat(64), "GET /sync/v1/news", "GET /", "GET /metrics",
                "GET /health/ready", "GET /observe/metrics", "POST /store/v1/query", "GET /sync/v1/", "PUT /sync/v1/push")) {
            String[] words = asked.split(" ");
            assertThat(hub.status(words[0], words[1] + query, "")).as(asked).isEqualTo(401);
        }
        Map<String, String> bad = hub.provider().tokens("ada").bad();
        assertThat(hub.status("GET", "/sync/v1/pull" + query, bad.remove("unknown kid")))
                .as("with a key that may be a new one, while it cannot be looked for").isIn(401, 503);
        for (Map.Entry<String, String> token : bad.entrySet()) {
            assertThat(hub.status("GET", "/sync/v1/pull" + query, token.getValue())).as(token.getKey()).isEqualTo(401);
        }
        assertThat(hub.status("GET", "/health", "")).isEqualTo(200);
        assertThat(hub.status("GET", "/sync/v1/vector" + query, hub.provider().tokens("ada").good())).isEqualTo(200);
    }

    @Test
    @Override
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    public void whatIsLateAndStampedEarlyReachesWhoHasLaterThings() {
        SyncContract.super.whatIsLateAndStampedEarlyReachesWhoHasLaterThings();
    }

    @Test
    @Override
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    public void aCopyOfADeviceGoesOnBesideIt() {
        SyncContract.super.aCopyOfADeviceGoesOnBesideIt();
    }

    @Test
    @Override
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    public void aHubFromItsBackupGetsBackWhatItLost() throws Exception {
        SyncContract.super.aHubFromItsBackupGetsBackWhatItLost();
    }

    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    void aPodThatIsKilledComesBackAndHasLostNothing() throws Exception {
        Device laptop = hub.device("killed", "bob");
        List<String> sent;
        try (Writer writer = new Writer(laptop, "Killed")) {
            for (String service : ALL) {
                int before = writer.acknowledged();
                await().atMost(PATIENCE).until(() -> writer.acknowledged() > before);
                for (Pod pod : hub.cluster().workload(service).pods()) {
                    int restarts = pod.restarts();
                    pod.container().kill();
                    await(pod.place().name()).atMost(PATIENCE).until(() -> pod.restarts() == restarts + 1 && pod.isReady());
                }
            }
            int before = writer.acknowledged();
            await().atMost(PATIENCE).until(() -> writer.acknowledged() > before);
            sent = writer.end();
        }

        nothingIsLost(laptop, sent, "bob");
    }

    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    void aRestartOfEverythingOneByOneIsHardlyNoticed() throws Exception {
        Device laptop = hub.device("rolled", "eve");
        List<String> sent;
        try (Writer writer = new Writer(laptop, "Rolled")) {
            await().atMost(PATIENCE).until(() -> writer.acknowledged() > 0);
            for (String service : ALL) {
                int refused = writer.refused().size();
                assertThat(hub.cluster().workload(service).restart()).as("had to be killed").isEmpty();
                int before = writer.acknowledged();
                await().atMost(PATIENCE).until(() -> writer.acknowledged() > before + 1);
                assertThat(writer.refused().subList(refused, writer.refused().size())).as("while " + service + " restarted")
                        .allSatisfy(said -> assertThat(said).contains("changes wait here until it works, nothing is lost"))
                        .hasSizeLessThanOrEqualTo(service.equals("heph-store") ? 20 : 1);
            }
            sent = writer.end();
        }

        nothingIsLost(laptop, sent, "eve");
    }

    /** A device that was not there before has it from the hub alone: the one that wrote it is off. */
    private static void nothingIsLost(Device wrote, List<String> sent, String person) {
        wrote.heph("down");
        Device after = hub.device("after-" + person, person);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(after.heph("list", "--limit", "1000").lines())
                .extracting(ClusterTest::title)
                .containsAll(sent));
    }

    /** Behind the date. */
    private static String title(String line) {
        return line.replaceFirst("^.*\\d{4}-\\d\\d-\\d\\d +", "");
    }

    private static List<String> senders() {
        return Stream.concat(hub.cluster().places().stream().map(Place::name), Stream.of(Hub.WORLD)).toList();
    }

    /** Of which pods there may be several. */
    private static String kind(String name) {
        return name.replaceFirst("-\\d+$", "");
    }

    private static boolean connects(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }
}
