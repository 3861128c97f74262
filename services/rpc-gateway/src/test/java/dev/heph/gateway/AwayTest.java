package dev.heph.gateway;

import static dev.heph.gateway.Client.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.gateway.socket.Limits;
import dev.heph.runtime.Json;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping, and what happens while other services are away. */
class AwayTest {
    @TempDir
    private Path directory;

    @Test
    void aloneItAnswersHealthAndSaysWhatIsAway() {
        Home home = Home.in(directory);
        try (GatewayService gateway = GatewayService.start(home, Settings.defaults(), Clock.systemUTC());
                Client client = Client.connect(home.socket())) {
            assertThat(gateway.name()).isEqualTo("rpc-gateway");
            JsonNode health = client.call("health", "{}").path("result");
            assertThat(health.path("status").asText()).isEqualTo("down");
            assertThat(health.path("services").findValuesAsText("status")).containsExactly("down", "down", "down", "up");
            assertThat(health.get("note_count").isNull()).isTrue();
            assertThat(client.call("rpc.discover", "{}").has("result")).isTrue();

            JsonNode error = client.call("node.get", "{\"id\":\"a\"}").path("error");
            assertThat(error.path("code").asInt()).isEqualTo(-32003);
            assertThat(error.path("message").asText()).contains("auth").contains("is not running or still starting");
            assertThat(RunFile.read(home, "rpc-gateway")).as("announced only once the store answers").isEmpty();
        }
    }

    @Test
    void healthSumsUpTheServices() {
        try (Rig rig = new Rig(directory)) {
            JsonNode health = rig.connect().call("health", "{}").path("result");

            assertThat(health.path("status").asText()).isEqualTo("up");
            assertThat(health.path("services").findValuesAsText("name")).containsExactly("store", "sync", "auth", "rpc-gateway");
            assertThat(health.path("note_count").asInt()).isEqualTo(7);
            assertThat(health.get("conflict_count").isNull()).isTrue();
            assertThat(health.path("sync_status").asText()).isEqualTo("off");
        }
    }

    @Test
    void whileTheStoreIsAwayItSaysSoAndRecoversByItself() {
        try (Rig rig = new Rig(directory)) {
            Client client = rig.connect();
            assertThat(client.call("node.get", "{\"id\":\"a\"}").has("result")).isTrue();

            rig.store.close();
            JsonNode error = client.call("node.get", "{\"id\":\"a\"}").path("error");
            assertThat(error.path("code").asInt()).as(error.toString()).isEqualTo(-32003);

            rig.store.start();
            await().until(() -> client.call("node.get", "{\"id\":\"a\"}").has("result"));
        }
    }

    @Test
    void whileAuthIsAwayTheLastKnownCallerHolds() {
        try (Rig rig = new Rig(directory)) {
            Client client = rig.connect();
            assertThat(client.call("node.get", "{\"id\":\"a\"}").has("result")).isTrue();
            rig.auth.close();

            assertThat(client.call("node.get", "{\"id\":\"a\"}").has("result")).isTrue();
        }
    }

    @Test
    void authThatComesLateIsFound() {
        Home home = Home.in(directory).create();
        try (FakeStore store = new FakeStore(home);
                GatewayService gateway = GatewayService.start(home, Settings.defaults(), Clock.systemUTC(), Limits.USUAL);
                Client client = Client.connect(home.socket())) {
            assertThat(gateway.port()).isPositive();
            assertThat(client.call("node.get", "{\"id\":\"a\"}").at("/error/data/reason").asText()).isEqualTo("away");
            assertThat(store.asked).as("nothing is asked for somebody unknown").isEmpty();
            try (var auth = Rig.auth(home)) {
                assertThat(client.call("node.get", "{\"id\":\"a\"}").has("result")).isTrue();
            }
        }
    }

    @Test
    void theSocketIsPrivateAndGoesWithTheService() throws Exception {
        Path socket;
        try (Rig rig = new Rig(directory)) {
            socket = rig.home.socket();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent()))).isEqualTo("rwx------");
            await().until(() -> RunFile.read(rig.home, "rpc-gateway").isPresent());
        }
        assertThat(socket).doesNotExist();
        assertThat(RunFile.read(Home.in(directory), "rpc-gateway")).isEmpty();
    }

    @Test
    void aSecondGatewayDoesNotStart() {
        try (Rig rig = new Rig(directory)) {
            assertThatThrownBy(() -> GatewayService.start(rig.home, Settings.defaults(), Clock.systemUTC()))
                    .isInstanceOf(HephException.class)
                    .hasMessageContaining("answers at " + rig.home.socket());
            assertThat(rig.connect().call("health", "{}").has("result")).isTrue();
        }
    }

    @Test
    void stoppingFinishesWhatIsUnderWay() throws Exception {
        var asked = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        try (Rig rig = new Rig(directory)) {
            rig.store.answer("search", params -> {
                asked.countDown();
                gate.await();
                return Json.object().put("done", true);
            });
            Client client = rig.connect().send(request(1, "search", "{\"query\":\"a\"}"));
            asked.await();
            Thread stopping = Thread.ofVirtual().start(rig.gateway::close);
            await().until(() -> !Files.exists(rig.home.socket()));
            assertThat(RunFile.read(rig.home, "rpc-gateway")).as("nobody is sent here any more").isEmpty();
            gate.countDown();

            assertThat(client.next().at("/result/done").asBoolean()).isTrue();
            client.expectEnd();
            stopping.join();
        }
    }
}
