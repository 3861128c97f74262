package dev.heph.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.heph.settings.Version;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against as much of a registry as a push needs (OCI distribution specification, "Pushing"). */
@Timeout(300)
class PushTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path tmp;

    /** Content by path, {@code /v2/…/blobs/DIGEST} and {@code /v2/…/manifests/TAG}. */
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    private final AtomicInteger uploads = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpsServer registry;

    @BeforeEach
    void listen() throws Exception {
        assumeTrue(Files.isDirectory(ROOT.resolve("services/auth/target/lib")), "there are no jars yet: mvn package makes them");
        registry = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        registry.setHttpsConfigurator(new HttpsConfigurator(certified()));
        registry.setExecutor(threads);
        registry.createContext("/v2/", this::answer);
        registry.start();
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.stop(0);
        }
        threads.close();
    }

    @Test
    void anImageIsSentWhole() throws Exception {
        var images = new Images(ROOT, tmp, Version.CURRENT);
        String there = "localhost:" + registry.getAddress().getPort() + "/home";

        String reference = images.push(Shipped.AUTH, there);

        byte[] manifest = kept.get("/v2/home/heph-auth/manifests/" + Version.CURRENT);
        assertThat(reference).isEqualTo(there + "/heph-auth@sha256:" + Bill.sha256(manifest));
        kept.forEach((path, content) -> {
            if (path.contains("/blobs/")) {
                assertThat(path).endsWith("sha256:" + Bill.sha256(content));
                assertThat(new String(manifest)).contains(path.substring(path.lastIndexOf('/') + 1));
            }
        });
        assertThat(kept.keySet().stream().filter(path -> path.contains("/blobs/"))).as("four layers and the configuration").hasSize(5);
    }

    /** By itself, which is good enough on this machine. */
    private SSLContext certified() throws Exception {
        Path store = tmp.resolve("keys.p12");
        char[] password = "changeit".toCharArray();
        Command.output(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-keyalg", "EC", "-alias",
                "registry",
                "-dname", "CN=localhost", "-storepass", new String(password), "-keystore", store.toString()));
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(store.toFile(), password), password);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> exchange.sendResponseHeaders(kept.containsKey(path) ? 200 : 404, -1);
            case "POST" -> located(exchange, path + uploads.incrementAndGet(), 202);
            case "PATCH" -> {
                kept.put(path, body);
                located(exchange, path, 202);
            }
            case "PUT" -> {
                String query = exchange.getRequestURI().getQuery();
                boolean blob = query != null && query.startsWith("digest=");
                String name = blob ? path.replaceFirst("uploads/.*", query.substring("digest=".length())) : path;
                kept.put(name, blob ? kept.remove(path) : body);
                located(exchange, name, 201);
            }
            default -> exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void located(HttpExchange exchange, String path, int status) throws IOException {
        exchange.getResponseHeaders().set("Location", path);
        exchange.sendResponseHeaders(status, -1);
    }
}
