package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.gateway.socket.Limits;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login is to the hub that this device syncs with, whatever else is asked for. */
class AuthTest {
    @TempDir
    private Path directory;

    @Test
    void auth_isAskedWithTheHubThatSyncNames() {
        try (Rig rig = new Rig(directory)) {
            List<String> asked = new CopyOnWriteArrayList<>();
            for (String method : List.of("auth.login", "auth.status", "auth.logout")) {
                rig.authCalls.put(method, request -> {
                    asked.add(method + " " + request.params());
                    return Answer.raw("{\"answer\":\"" + method + "\"}");
                });
            }
            rig.syncCalls.put("sync.status", request -> Answer.of(Json.object().put("state", "refused").put("hub", "https://hub.example")));
            Client client = rig.connect();

            assertThat(client.call("auth.login", "{}").at("/result/answer").asText()).isEqualTo("auth.login");
            assertThat(client.call("auth.status", "{}").at("/result/answer").asText()).isEqualTo("auth.status");
            assertThat(client.call("auth.logout", "{\"forget\":true}").at("/result/answer").asText()).isEqualTo("auth.logout");
            assertThat(asked).containsExactly("auth.login {\"hub\":\"https://hub.example\"}", "auth.status {}", "auth.logout {\"forget\":true}");
        }
    }

    @Test
    void withoutAHubThereIsNothingToLogInTo() {
        try (Rig rig = new Rig(directory)) {
            rig.syncCalls.put("sync.status", request -> Answer.of(Json.object().put("state", "off")));
            assertThat(rig.connect().call("auth.login", "{}").at("/error/message").asText())
                    .isEqualTo("there is no hub to log in to; join one first: heph hub join URL");
            rig.syncCalls.put("sync.status", request -> Answer.of(Json.object().put("state", "hub").put("hub", "http://127.0.0.1:7800")));
            assertThat(rig.connect().call("auth.login", "{}").at("/error/message").asText()).startsWith("this is the hub itself");
        }
    }

    @Test
    void onlyAuthLooksAtTokens_onADeviceAtItsOwnAlone() {
        try (Rig rig = new Rig(directory)) {
            List<String> asked = new CopyOnWriteArrayList<>();
            rig.authCalls.put("hub.token", request -> {
                asked.add(request.params().toString());
                return Answer.raw("{}");
            });
            rig.syncCalls.put("sync.status", request -> Answer.of(Json.object().put("state", "idle").put("hub", "https://hub.example")));
            Client client = rig.connect();
            client.call("hub.token", "{}");
            client.call("hub.token", "{\"print\":true}");
            assertThat(client.call("hub.token", "{\"token\":\"e.y.J\"}").at("/error/message").asText()).startsWith("this is a device, which judges no tokens");
            assertThat(asked).containsExactly("{\"hub\":\"https://hub.example\",\"print\":false}", "{\"hub\":\"https://hub.example\",\"print\":true}");
        }
        try (Rig hub = new Rig(directory.resolve("hub"), Limits.USUAL, Map.of("--mode", "hub"))) {
            hub.authCalls.put("hub.token", request -> Answer.of(Json.object().set("asked", request.params())));
            assertThat(hub.connect().call("hub.token", "{\"token\":\"e.y.J\"}").at("/result/asked")).isEqualTo(Json.object().put("token", "e.y.J"));
        }
    }

    /** What opens the hub is between auth and sync; a person who wants to see it asks for that (hub.token). */
    @Test
    void noSurfaceIsGivenAToken() {
        try (Rig rig = new Rig(directory)) {
            assertThat(rig.connect().call("auth.token", "{\"hub\":\"https://hub.example\"}").at("/error/code").asInt()).isEqualTo(-32601);
            assertThat(rig.connect().call("auth.identify", "{}").at("/error/code").asInt()).isEqualTo(-32601);
        }
    }
}
