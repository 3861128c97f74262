package dev.heph.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hub in a cluster, seen from outside. */
@Timeout(300)
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static Hub hub;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = Node.missing();
        assumeTrue(missing.isEmpty(), () -> "no cluster here: " + missing.get());
        assumeTrue(Files.isDirectory(Path.of("../services/store/target/lib")), "no jars yet: mvn package makes them");
        hub = Hub.start(directory);
    }

    @AfterAll
    static void end() throws Exception {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void whatOneDeviceWritesTheOtherSees() {
        assertThat(hub.cluster().pods()).hasSize(6).allMatch(Pod::isReady).allMatch(pod -> pod.restarts() == 0);
        Device laptop = hub.device("laptop", "ada");
        laptop.hephWith("hot\n", "note", "Soup");
        laptop.heph("sync");

        Device phone = hub.device("phone", "ada");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(phone.heph("list")).contains("Soup"));
        assertThat(phone.heph("show", "Soup", "--raw")).isEqualTo("hot\n");
    }
}
