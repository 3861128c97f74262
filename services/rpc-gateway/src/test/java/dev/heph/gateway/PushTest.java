package dev.heph.gateway;

import static dev.heph.gateway.Client.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
    private static final String OTHER = "01J00000000000000000000ZZZ";

    private Rig rig;
    private Client client;

    @BeforeEach
    void start(@TempDir Path directory) {
        rig = new Rig(directory);
        client = rig.connect();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void whoSubscribedToANodeByTheEndOfItsIdHearsOfThatNodeAlone() {
        assertThat(client.call("node.subscribe", "{\"id\":\"k3f\"}").at("/result/ok").asBoolean()).isTrue();

        rig.store.change(OTHER, "r1", "sync");
        rig.store.change(FakeStore.ID, "r2", "sync");

        JsonNode heard = client.next();
        assertThat(heard.path("method").asText()).isEqualTo("node.changed");
        assertThat(heard.has("id")).isFalse();
        assertThat(heard.path("params").toString())
                .isEqualTo("{\"id\":\"" + FakeStore.ID + "\",\"rev\":\"r2\",\"origin\":\"sync\"}");
    }

    @Test
    void theOriginIsTheClientsOwnName() {
        client.call("node.subscribe", "{}");
        rig.store.answer("node.update", params -> {
            rig.store.change(FakeStore.ID, "r1", rig.store.asked.getLast().client());
            return Json.object();
        });
        rig.connect().send("{\"jsonrpc\":\"2.0\",\"id\":1,\"client\":\"nvim + ü %\",\"method\":\"node.update\",\"params\":{\"id\":\"a\"}}");

        assertThat(client.next().at("/params/origin").asText()).isEqualTo("nvim + ü %");
    }

    @Test
    void unsubscribingEndsIt() {
        client.call("node.subscribe", "{\"id\":\"k3f\"}");
        client.call("node.unsubscribe", "{\"id\":\"k3f\"}");
        rig.store.change(FakeStore.ID, "r1", "sync");
        rig.awaitChanges();
        client.expectSilence();

        client.call("node.subscribe", "{}");
        rig.store.change(OTHER, "r2", "sync");
        assertThat(client.next().at("/params/rev").asText()).isEqualTo("r2");

        client.call("node.unsubscribe", "{}");
        rig.store.change(OTHER, "r3", "sync");
        rig.awaitChanges();
        client.expectSilence();
    }

    @Test
    void aNodeThatIsNotThereCannotBeSubscribedTo() {
        rig.store.answer("node.get", params -> {
            throw new HephException(Reason.NOT_FOUND, "no note 'k3f'");
        });
        assertThat(client.call("node.subscribe", "{\"id\":\"k3f\"}").at("/error/code").asInt()).isEqualTo(-32004);
    }

    @Test
    void afterTheStoreWasAwaySubscribersAreToldThatTheyMayHaveMissedChanges() {
        Client bystander = rig.connect();
        client.call("node.subscribe", "{\"id\":\"k3f\"}");

        rig.store.close();
        await().until(() -> rig.store.listeners() == 0);
        rig.store.start();

        assertThat(client.next().path("method").asText()).isEqualTo("changes.missed");
        rig.awaitChanges();
        rig.store.change(FakeStore.ID, "r9", "sync");
        JsonNode heard = client.next();
        while (heard.path("method").asText().equals("changes.missed")) {
            heard = client.next(); // a store that is stopping may still have been connected to
        }
        assertThat(heard.at("/params/rev").asText()).isEqualTo("r9");
        bystander.expectSilence();
    }

    @Test
    void manySubscribersHearEachChangeOnceAndInOrder() {
        var clients = IntStream.range(0, 16).mapToObj(i -> rig.connect()).toList();
        clients.forEach(c -> assertThat(c.send(request(1, "node.subscribe", "{}")).next().has("result")).isTrue());

        for (int i = 0; i < 500; i++) {
            rig.store.change(FakeStore.ID, "r" + i, "sync");
        }

        for (Client each : clients) {
            for (int i = 0; i < 500; i++) {
                assertThat(each.next().at("/params/rev").asText()).isEqualTo("r" + i);
            }
            each.expectSilence();
        }
    }
}
