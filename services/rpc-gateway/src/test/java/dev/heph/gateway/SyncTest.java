package dev.heph.gateway;

import static dev.heph.gateway.Client.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Call;
import dev.heph.runtime.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of sync goes to it and comes back as it is, and holds up nobody. */
class SyncTest {
    @TempDir
    private Path directory;

    @Test
    void questionsAndAnswersPassAsTheyAre() {
        try (Rig rig = new Rig(directory)) {
            List<String> asked = new CopyOnWriteArrayList<>();
            for (String method : List.of("hub.join", "hub.leave", "sync.now", "sync.status")) {
                rig.syncCalls.put(method, request -> {
                    asked.add(method + " " + request.params());
                    return Answer.raw("{\"answer\":\"" + method + "\"}");
                });
            }
            Client client = rig.connect();

            assertThat(client.call("hub.join", "{\"url\":\"http://127.0.0.1:7800\"}").at("/result/answer").asText()).isEqualTo("hub.join");
            assertThat(client.call("hub.leave", "{}").at("/result/answer").asText()).isEqualTo("hub.leave");
            assertThat(client.call("sync.now", "{}").at("/result/answer").asText()).isEqualTo("sync.now");
            assertThat(client.call("sync.status", "{}").at("/result/answer").asText()).isEqualTo("sync.status");
            assertThat(asked).containsExactly("hub.join {\"url\":\"http://127.0.0.1:7800\"}", "hub.leave {}", "sync.now {}", "sync.status {}");
            assertThat(rig.store.asked).noneMatch(call -> call.method().startsWith("sync"));
        }
    }

    @Test
    void itsRefusalIsPassedOn() {
        try (Rig rig = new Rig(directory)) {
            rig.syncCalls.put("sync.now", request -> {
                throw new HephException(Reason.AWAY, "not synced: connection refused");
            });
            JsonNode error = rig.connect().call("sync.now", "{}").path("error");

            assertThat(error.at("/data/reason").asText()).isEqualTo("away");
            assertThat(error.path("message").asText()).isEqualTo("not synced: connection refused");
        }
    }

    @Test
    void aLongSyncHoldsUpNobody() throws InterruptedException {
        try (Rig rig = new Rig(directory)) {
            var asked = new CountDownLatch(1);
            var gate = new CountDownLatch(1);
            rig.syncCalls.put("sync.now", Call.of(params -> {
                asked.countDown();
                gate.await();
                return Json.object().put("pushed", 1);
            }));
            Client client = rig.connect().send(request(1, "sync.now", "{}"));
            asked.await();

            client.send(request(2, "node.get", "{\"id\":\"a\"}"));
            assertThat(client.next().path("id").asInt()).isEqualTo(2);
            gate.countDown();
            assertThat(client.next().at("/result/pushed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whileItIsAwayTheRestWorks() {
        try (Rig rig = new Rig(directory)) {
            rig.sync.close();
            Client client = rig.connect();

            assertThat(client.call("sync.status", "{}").at("/error/message").asText()).startsWith("heph's sync is not running or still starting");
            assertThat(client.call("node.get", "{\"id\":\"a\"}").has("result")).isTrue();
        }
    }

    @Test
    void aBackupIsTheStores_andTellsThatItIsAtWork() {
        try (Rig rig = new Rig(directory)) {
            rig.store.answer("backup", params -> Json.object().put("path", params.path("path").asText()));
            Client client = rig.connect().send(request(1, "backup", "{\"path\":\"/x\"}"));

            assertThat(client.next().at("/params/note").asText()).isEqualTo("copying everything");
            assertThat(client.next().at("/result/path").asText()).isEqualTo("/x");
        }
    }

    @Test
    void whatAHubTellsOfEverybodyADeviceRefuses() {
        try (Rig rig = new Rig(directory)) {
            for (String method : List.of("hub.users", "hub.devices", "hub.stats", "hub.verify")) {
                JsonNode error = rig.connect().call(method, "{}").path("error");
                assertThat(error.at("/data/reason").asText()).isEqualTo("conflict");
                assertThat(error.path("message").asText())
                        .isEqualTo("this is a device, and " + method + " is about a hub: say it on the hub's machine, or in its pod");
            }
            assertThat(rig.store.asked).noneMatch(call -> call.method().startsWith("hub."));
        }
    }
}
