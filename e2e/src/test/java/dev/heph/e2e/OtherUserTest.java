package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another user of the same machine: reaches the ports, has no secret, and is kept from socket, secret, data and tokens by the system. */
@Timeout(180)
class OtherUserTest {
    private static final String NOBODY = "65534";
    private static final List<String> SERVICES = List.of("store", "auth", "sync", "rpc-gateway");

    @TempDir
    Path directory;

    /** H-120, H-121. Everybody may pass the directories above, so that it is heph's own modes that refuse. */
    @Test
    void theSystemLetsNobodyElseIn() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become somebody else");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Device device = Device.at(home)) {
            device.heph("up").ok();
            device.heph("note", "Secret").ok();
            Files.writeString(device.data().resolve("login.json"), "{}");
            for (Path file : List.of(device.socket(), home.resolve("run/secret"), device.data().resolve("heph.db"), device.data()
                    .resolve("device.key"),
                    device.data().resolve("login.json"))) {
                Outcome read = asNobody(device, "cat", file.toString());
                assertThat(read.exitCode()).as(file.toString()).isNotZero();
                assertThat(read.err()).contains("Permission denied");
            }
            Outcome asked = asNobody(device, Installation.cli("list", "--no-start").toArray(String[]::new));
            assertThat(asked.exitCode()).isNotZero();
            assertThat(asked.out() + asked.err()).doesNotContain("Secret");
            assertThat(asNobody(device, "cat", "/proc/self/status").out()).as("it was somebody else").contains("Uid:\t" + NOBODY);
        }
    }

    private static Outcome asNobody(Device device, String... command) {
        var whole = new java.util.ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        whole.addAll(List.of(command));
        return device.program(whole);
    }

    /** What every service answers to a caller without the launch's secret: nothing, whatever is asked for. */
    @Test
    void whoHasNoSecretIsAnsweredNothing() throws Exception {
        try (Device device = Device.at(directory.resolve("home")); HttpClient http = HttpClient.newHttpClient()) {
            device.heph("up").ok();
            for (String service : SERVICES) {
                int port = Json.read(Files.readString(directory.resolve("home/run/" + service + ".json"))).path("port").asInt();
                for (String asked : List.of("GET /health", "GET /log", "GET /changes", "POST /call/node.list", "POST /call/exchange.page",
                        "POST /call/exchange.take",
                        "POST /call/people.admit", "POST /call/auth.token", "POST /call/auth.identify", "POST /call/sync.now",
                                "POST /call/nothing", "GET /")) {
                    for (String shown : List.of("", "Bearer " + "0".repeat(64), "Bearer ", "Basic " + "0".repeat(64))) {
                        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + asked.substring(asked.indexOf('/'))))
                                .method(asked.split(" ")[0], HttpRequest.BodyPublishers.ofString(asked.startsWith("POST") ? "{}" : ""));
                        if (!shown.isEmpty()) {
                            request.header("Authorization", shown);
                        }
                        var answer = http.send(request.build(), BodyHandlers.ofString());
                        assertThat(answer.statusCode()).as(service + " " + asked + " " + shown).isEqualTo(401);
                        assertThat(answer.body()).isEmpty();
                    }
                }
            }
            JsonNode status = device.heph("status", "--json").ok().json();
            assertThat(status.path("status").asText()).isEqualTo("up");
        }
    }
}
