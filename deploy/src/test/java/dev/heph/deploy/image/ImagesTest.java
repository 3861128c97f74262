package dev.heph.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.settings.Version;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the jars that the build has made: with mvn test alone there are none, and this is skipped. */
@Timeout(300)
class ImagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    static Path tmp;

    /** The others differ in their jars alone; ./check --long builds them too. */
    private static final List<Shipped> BUILT = Boolean.getBoolean("heph.long") ? List.of(Shipped.values()) : List.of(Shipped.STORE);

    private static Images images;

    @BeforeAll
    static void build() throws Exception {
        for (Shipped each : Shipped.values()) {
            for (Path module : each.modules(ROOT)) {
                assumeTrue(Files.isDirectory(module.resolve("target/lib")), module + " has no jars yet: mvn package makes them");
            }
        }
        images = new Images(ROOT, tmp.resolve("images"), Version.CURRENT);
        for (Shipped each : BUILT) {
            images.build(each);
        }
    }

    private static List<Shipped> built() {
        return BUILT;
    }

    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    void builtAgainItIsTheSameByteForByte() throws Exception {
        Images again = new Images(ROOT, tmp.resolve("again"), Version.CURRENT);
        again.build(Shipped.STORE);

        assertThat(again.tar(Shipped.STORE)).hasSameBinaryContentAs(images.tar(Shipped.STORE));
        assertThat(again.tar(Shipped.STORE).resolveSibling("heph-store.cdx.json"))
                .hasSameBinaryContentAs(images.tar(Shipped.STORE).resolveSibling("heph-store.cdx.json"));
    }

    @ParameterizedTest
    @MethodSource("built")
    void itSaysWhatItIsAndRunsAsNobody(Shipped image) throws Exception {
        JsonNode config = Tar.of(images.tar(image), tmp.resolve("tar-" + image)).config();

        assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
        assertThat(config.at("/config/Entrypoint")).hasToString("[\"/java/bin/java\",\"@/heph/service\"]");
        assertThat(config.at("/config/Labels/org.opencontainers.image.title").asText()).isEqualTo(image.image());
        assertThat(config.at("/config/Labels/org.opencontainers.image.version").asText()).isEqualTo(Version.CURRENT);
        assertThat(config.at("/config/Labels/dev.heph.glibc").asText()).contains("GLIBC");
        assertThat(config.path("os").asText()).isEqualTo("linux");
        assertThat(config.at("/config/Env").toString()).contains("HEPH_HOME=/var/lib/heph").doesNotContainIgnoringCase("secret");
    }

    @ParameterizedTest
    @MethodSource("built")
    void theBillNamesEveryJarInIt(Shipped image) throws Exception {
        Path root = Tar.of(images.tar(image), tmp.resolve("bill-" + image)).unpack(tmp.resolve("files-" + image));
        byte[] bill = Files.readAllBytes(root.resolve("heph/bill.cdx.json"));

        assertThat(new JsonParser().validate(bill, org.cyclonedx.Version.VERSION_16)).isEmpty();
        Set<String> hashes = new JsonParser().parse(bill).getComponents().stream().filter(component -> component.getHashes() != null)
                .map(component -> component.getHashes().getFirst().getValue()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(hashes).isEqualTo(hashesIn(root.resolve("heph/lib")));
        assertThat(new JsonParser().parse(bill).getComponents()).extracting(component -> component.getName()).contains("OpenJDK", "glibc",
                "heph-runtime");
    }

    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    void whatAllShareIsStoredOnce() throws Exception {
        List<Path> store = Tar.of(images.tar(Shipped.STORE), tmp.resolve("layers-store")).layers();
        List<Path> gateway = Tar.of(images.tar(Shipped.RPC_GATEWAY), tmp.resolve("layers-gateway")).layers();

        assertThat(store).hasSize(4);
        assertThat(gateway.subList(0, 2)).extracting(Path::getFileName).isEqualTo(store.subList(0, 2).stream().map(Path::getFileName)
                .toList());
    }

    /** As a container would: nothing but its own files, a root that cannot be written, a user who is nobody, and its settings. */
    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    void theStoreStartsFromItsImageAlone() throws Exception {
        Path root = Tar.of(images.tar(Shipped.STORE), tmp.resolve("tar-run")).unpack(tmp.resolve("run"));
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("dev"));
        int port = FreePort.next();
        String contained = ("set -e; mount --bind '%1$s' '%1$s'; mount -o remount,ro,bind '%1$s'; mount -t proc proc '%1$s/proc';"
                + " mount --rbind /dev '%1$s/dev'; for at in tmp var/lib/heph; do mount -t tmpfs -o mode=1777 tmpfs '%1$s'/$at; done; cd /; ").formatted(root);
        assumeContained(contained);
        Path log = tmp.resolve("run.log");
        Process pod = new ProcessBuilder(inNamespaces(contained + "exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HEPH_HOME=/var/lib/heph/home HEPH_MODE=hub"
                        + " HEPH_LOG_FORMAT=json HEPH_OBSERVE_ADDRESS=127.0.0.1:" + port
                        + " chroot --userspec=65532:65532 '" + root + "' /java/bin/java @/heph/service"))
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                assertThat(pod.isAlive()).as(() -> read(log)).isTrue();
                assertThat(status(http, port, "/health/ready")).isEqualTo(204);
            });
            assertThat(http.send(request(port, "/metrics"), HttpResponse.BodyHandlers.ofString()).body())
                    .contains("heph_database_bytes{service=\"store\"");
            await().untilAsserted(() -> assertThat(read(log).lines().filter(line -> line.startsWith("{"))).as("logs are JSON").isNotEmpty());
        } finally {
            pod.destroy();
            pod.waitFor(20, TimeUnit.SECONDS);
            pod.destroyForcibly();
        }
    }

    private static void assumeContained(String contained) {
        try {
            Command.output(inNamespaces(contained + "exec true"));
        } catch (IOException e) {
            assumeTrue(false, "no namespaces or mounts here: " + e.getMessage());
        }
    }

    private static List<String> inNamespaces(String script) {
        return List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh", "-c", script);
    }

    private static int status(HttpClient http, int port, String path) {
        try {
            return http.send(request(port, path), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException notYet) {
            return 0;
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(10)).build();
    }

    private static Set<String> hashesIn(Path directory) throws IOException {
        var hashes = new TreeSet<String>();
        try (Stream<Path> jars = Files.list(directory)) {
            for (Path jar : jars.toList()) {
                hashes.add(Bill.sha256(Files.readAllBytes(jar)));
            }
        }
        return hashes;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
