package dev.heph.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real identity provider with the realm {@code home}, in which ada and bob have their names for passwords; and their browsers. */
final class Keycloak implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target/keycloak");
    private static final Path REALM = Path.of("src/test/resources/keycloak/home-realm.json");
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("name=\"code\" value=\"([^\"]+)\"");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final String address;

    private Keycloak(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Where the build has put it, if it has. */
    static Optional<Path> distribution() {
        try (Stream<Path> inside = Files.isDirectory(UNPACKED) ? Files.list(UNPACKED) : Stream.empty()) {
            return inside.filter(directory -> Files.exists(directory.resolve("bin/kc.sh"))).map(Path::toAbsolutePath).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ready in half a minute, on a machine that does nothing else. @param log what it says */
    static Keycloak start(Path distribution, int port, File log) throws IOException {
        Path imports = distribution.resolve("data/import");
        Files.createDirectories(imports);
        Files.write(imports.resolve("home-realm.json"), Files.readAllBytes(REALM));
        var builder = new ProcessBuilder("bash", distribution.resolve("bin/kc.sh").toString(), "start-dev", "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port, "--db=dev-mem");
        builder.directory(distribution.toFile()).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin",
                "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1")); // most of what it does here is to start
        var keycloak = new Keycloak(builder.start(), "http://127.0.0.1:" + port);
        try {
            await().atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofMillis(500)).until(keycloak::answers);
        } catch (RuntimeException e) {
            keycloak.close(); // whoever never got it cannot end it
            throw e;
        }
        return keycloak;
    }

    String issuer() {
        return address + "/realms/home";
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak has ended by itself; what it said is in target/keycloak.log");
        }
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration")).build(),
                    BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A person opens that page, logs in and agrees, or does not. */
    void browse(String page, String person, boolean agrees) throws IOException, InterruptedException {
        try (var browser = new Browser()) {
            String login = browser.get(page);
            String consent = browser.post(action(login), Map.of("username", person, "password", person));
            Matcher code = CODE.matcher(consent);
            if (!code.find()) {
                throw new IllegalStateException("no page that asks for consent: " + consent);
            }
            browser.post(action(consent), Map.of("code", code.group(1), agrees ? "accept" : "cancel", "x"));
        }
    }

    /** Signs with a new key from now on. */
    void rotate() throws IOException, InterruptedException {
        administer("POST", "/components", """
                {"name": "newer", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["500"], "enabled": ["true"], "active": ["true"], "keySize": ["2048"], "algorithm": ["RS256"]}}""");
    }

    /** Ends every session of a person, also those that were made to last. */
    void logOut(String person) throws IOException, InterruptedException {
        String id = administer("GET", "/users?exact=true&username=" + person, "").path(0).path("id").asText();
        String client = administer("GET", "/clients?clientId=heph", "").path(0).path("id").asText();
        administer("POST", "/users/" + id + "/logout", "");
        administer("DELETE", "/users/" + id + "/consents/heph", "");
        administer("GET", "/users/" + id + "/offline-sessions/" + client, "");
    }

    /** How long a code is good for, from now on. */
    void codesLive(int seconds) throws IOException, InterruptedException {
        administer("PUT", "", "{\"oauth2DeviceCodeLifespan\": " + seconds + "}");
    }

    private JsonNode administer(String method, String path, String json) throws IOException, InterruptedException {
        try (var browser = new Browser()) {
            String token = Json.read(browser.post(address + "/realms/master/protocol/openid-connect/token",
                    Map.of("client_id", "admin-cli", "grant_type", "password", "username", "admin", "password", "admin")))
                            .path("access_token").asText();
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(address + "/admin/realms/home" + path))
                    .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                    .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)).build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? Json.read("{}") : Json.read(answer.body());
        }
    }

    private String action(String page) {
        Matcher action = ACTION.matcher(page);
        if (!action.find()) {
            throw new IllegalStateException("no form: " + page);
        }
        return URI.create(address + "/").resolve(action.group(1).replace("&amp;", "&")).toString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
