package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to a hub by a real identity provider, with everybody's real processes. Tokens live 20 s. */
@Timeout(900)
class KeycloakTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();
    private Keycloak keycloak;
    private Device hub;
    private String url;

    @BeforeEach
    @Timeout(400)
    void start() throws IOException {
        assumeTrue(Keycloak.distribution().isPresent(), "-Dheph.keycloak=false leaves it out");
        keycloak = Keycloak.start(Keycloak.distribution().get(), FreePort.next(), Path.of("target/keycloak.log").toFile());
        int port = FreePort.next();
        url = "http://127.0.0.1:" + port;
        hub = device("hub").with("HEPH_AUTH_ISSUER", keycloak.issuer());
        hub.heph("hub", "up", "--port", "" + port).ok();
    }

    @AfterEach
    void end() {
        all.forEach(Device::close);
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name));
        all.add(device);
        return device;
    }

    private void logIn(Device device, String person, boolean agrees) throws Exception {
        try (Client client = device.connect()) {
            JsonNode told = client.result("auth.login");
            keycloak.browse(told.path("verification_uri_complete").asText(), person, agrees);
            await().atMost(PATIENCE).until(() -> !client.result("auth.status").path("state").asText().equals("waiting"));
        }
    }

    @Test
    void whoLogsInHasTheirNotesOnBothDevices() throws Exception {
        Device laptop = device("laptop");
        Device phone = device("phone");
        laptop.hephWith("hot\n", "note", "Soup").ok(); // before anybody logged in
        laptop.heph("hub", "join", url).ok();
        phone.heph("hub", "join", url).ok();
        assertThat(laptop.heph("sync").failure(77)).contains("heph auth login");
        logIn(laptop, "ada", false);
        assertThat(laptop.heph("auth", "status").ok().out()).isEqualTo("the login was denied; to try again: heph auth login\n");
        logIn(laptop, "ada", true);
        logIn(phone, "ada", true);
        assertThat(laptop.heph("auth", "status").ok().out()).isEqualTo("logged in to " + url + " as ada\n");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(phone.heph("show", "Soup", "--raw").out()).isEqualTo("hot\n"));
        nothingIsToldOfTokens();
    }

    /** Renewals, another key, a session that ends, another person, a code that is too old: {@code ./check --long}. */
    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    void fromTheFirstLoginToItsEnd() throws Exception {
        Device laptop = device("laptop");
        Device phone = device("phone");
        Device bobs = device("bobs");
        laptop.hephWith("hot\n", "note", "Soup").ok(); // before anybody logged in
        bobs.hephWith("secret\n", "note", "Ledger").ok();
        for (Device device : List.of(laptop, phone, bobs)) {
            device.heph("hub", "join", url).ok();
        }
        assertThat(laptop.heph("sync").failure(77)).contains("heph auth login");

        logIn(laptop, "ada", false);
        assertThat(laptop.heph("auth", "status").ok().out()).isEqualTo("the login was denied; to try again: heph auth login\n");
        logIn(laptop, "ada", true);
        logIn(phone, "ada", true);
        logIn(bobs, "bob", true);
        assertThat(laptop.heph("auth", "status").ok().out()).isEqualTo("logged in to " + url + " as ada\n");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(phone.heph("show", "Soup", "--raw").out()).isEqualTo("hot\n"));
        bobs.heph("sync").ok();
        assertThat(bobs.heph("list").ok().out()).contains("Ledger").doesNotContain("Soup");
        assertThat(laptop.heph("list").ok().out()).contains("Soup").doesNotContain("Ledger");

        keycloak.rotate();
        laptop.heph("note", "After the rotation").ok();
        long end = laptop.heph("auth", "status", "--json").ok().json().path("token_until").asLong();
        await().atMost(PATIENCE).until(() -> System.currentTimeMillis() > end); // then there is one that the new key has signed
        laptop.heph("sync").ok();
        phone.heph("sync").ok();
        assertThat(phone.heph("list").ok().out()).contains("After the rotation");

        keycloak.logOut("ada");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(laptop.heph("sync").failure(77)).contains("the login is over",
                "invalid_grant"));
        laptop.heph("note", "Still writing").ok();
        assertThat(laptop.heph("sync", "--status").ok().out()).contains("the login is over", "waits here");
        assertThat(laptop.heph("health").ok().out()).contains("the login is over");
        bobs.heph("sync").ok();
        logIn(laptop, "bob", true);
        assertThat(laptop.heph("auth", "status").ok().out()).startsWith("this device holds the notes of ada, so bob cannot log in here");
        logIn(laptop, "ada", true);
        laptop.heph("sync").ok();

        assertThat(bobs.heph("auth", "logout").ok().out()).startsWith("Logged out, here and at the identity provider");
        keycloak.codesLive(1);
        try (Client client = bobs.connect()) {
            client.result("auth.login");
            await().atMost(PATIENCE).until(() -> client.result("auth.status").path("reason").asText()
                    .startsWith("nobody agreed to the code in time"));
        }
        nothingIsToldOfTokens();
    }

    /** In no log, and in no command line, is anything that begins as a token does; and the files that hold them are their owner's. */
    private void nothingIsToldOfTokens() throws IOException {
        for (Device device : all) {
            try (Stream<Path> files = Files.walk(device.home())) {
                for (Path file : files.filter(Files::isRegularFile).filter(path -> !path.endsWith("login.json")).toList()) {
                    assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)).as(file.toString())
                            .doesNotContain("eyJhbGciOi");
                }
            }
            for (ProcessHandle process : device.processes()) {
                assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))).doesNotContain("eyJ");
            }
        }
    }
}
