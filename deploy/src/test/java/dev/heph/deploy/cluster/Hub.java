package dev.heph.deploy.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.deploy.image.Images;
import dev.heph.deploy.k3s.Manifests;
import dev.heph.provider.FakeProvider;
import dev.heph.settings.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The cluster of {@code overlays/sqlite} as its owner would have it: an ingress controller with a certificate, an identity provider
 * outside, somebody else's pods, and devices out in the world.
 */
final class Hub implements AutoCloseable {
    /** Where devices are, and the provider. */
    static final String WORLD = "world";

    static final String HOST = "hub.example";

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final String WORLD_ADDRESS = "192.168.77.2";
    private static final String NODE_ADDRESS = "192.168.77.1";
    private static final String PASSWORD = "changeit";
    private static final URI ISSUER = URI.create("https://id.example");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeProvider provider = FakeProvider.behind(ISSUER);
    private final Path directory;
    private final Path trust;
    private final SSLContext certificate;
    private final Cluster cluster;
    private final Edge ingress;
    private final Edge id;
    private int backups;
    private int devices;

    private Hub(Path directory) throws Exception {
        this.directory = directory;
        this.trust = directory.resolve("trust.p12");
        this.certificate = certificate();
        Manifests manifests = Manifests.of("overlays/sqlite");
        cluster = new Cluster(manifests, images(), directory, Map.of(
                "HEPH_AUTH_ISSUER", ISSUER.toString(),
                "JDK_JAVA_OPTIONS",
                "-Djavax.net.ssl.trustStore=/etc/heph/internal/trust.p12 -Djavax.net.ssl.trustStorePassword=" + PASSWORD),
                Map.of("heph-internal", Map.of("secret", "0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII),
                        "trust.p12", Files.readAllBytes(trust))));
        cluster.outside(WORLD, WORLD_ADDRESS);
        Place traefik = cluster.other("traefik", "kube-system", Map.of("app.kubernetes.io/name", "traefik"), Map.of("websecure", 8443));
        cluster.other("prometheus", "monitoring", Map.of(), Map.of());
        cluster.other("stranger", "default", Map.of("app.kubernetes.io/name", "heph-sync"), Map.of());
        cluster.other("heph-backup", "heph", Pod.labels(manifests.named("CronJob", "heph-backup").orElseThrow()
                .at("/spec/jobTemplate/spec/template")), Map.of());
        cluster.service(NODE_ADDRESS, traefik());
        cluster.name(HOST, NODE_ADDRESS);
        cluster.name(ISSUER.getHost(), WORLD_ADDRESS);
        ingress = new Edge(listening(traefik.name(), traefik.address(), 8443),
                host -> cluster.node().at(traefik.name(), () -> toService(manifests, host)));
        id = new Edge(listening(WORLD, WORLD_ADDRESS, 443),
                host -> new Socket(InetAddress.getLoopbackAddress(), provider.port()));
        cluster.start();
    }

    /** All pods are ready when it returns. */
    static Hub start(Path directory) throws Exception {
        var hub = new Hub(directory);
        try {
            hub.awaitReady();
            return hub;
        } catch (Throwable e) {
            hub.close();
            throw e;
        }
    }

    void awaitReady() {
        await("all are ready").atMost(Duration.ofSeconds(180)).until(() -> cluster.pods().stream().allMatch(Pod::isReady));
    }

    private static Map<String, Image> images() throws Exception {
        Path built = ROOT.resolve("deploy/target/images");
        Path unpacked = ROOT.resolve("deploy/target/cluster");
        Images.main(new String[] {ROOT.toString(), Version.CURRENT});
        var images = new HashMap<String, Image>();
        for (String name : List.of("heph-store", "heph-auth", "heph-sync", "heph-rpc-gateway")) {
            images.put(name, Image.unpacked(built.resolve(name + ".tar"), unpacked.resolve(name)));
        }
        return images;
    }

    private SSLContext certificate() throws Exception {
        Path keys = directory.resolve("keys.p12");
        Path certificate = directory.resolve("certificate.pem");
        String keytool = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
        List<String> store = List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", "edge");
        keytool(keytool, store, "-genkeypair", "-keystore", keys, "-keyalg", "EC", "-dname", "CN=edge", "-ext",
                "SAN=dns:" + HOST + ",dns:" + ISSUER.getHost());
        keytool(keytool, store, "-exportcert", "-keystore", keys, "-rfc", "-file", certificate);
        keytool(keytool, store, "-importcert", "-noprompt", "-keystore", trust, "-file", certificate);
        KeyStore loaded = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(loaded, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(KeyStore.getInstance(trust.toFile(), PASSWORD.toCharArray()));
        context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static void keytool(String keytool, List<String> store, Object... words) {
        var command = new ArrayList<>(List.of(keytool));
        List.of(words).forEach(word -> command.add(word.toString()));
        command.addAll(store);
        Node.output(command, System.getenv());
    }

    private ServerSocket listening(String host, String address, int port) throws Exception {
        return cluster.node().at(host, () -> certificate.getServerSocketFactory().createServerSocket(port, 50,
                 InetAddress.getByName(address)));
    }

    /** k3s's load balancer: at the node's address, to the controller's pod. */
    private static ObjectNode traefik() throws Exception {
        return (ObjectNode) JSON.readTree("""
                {"metadata": {"name": "traefik", "namespace": "kube-system"},
                 "spec": {"selector": {"app.kubernetes.io/name": "traefik"}, "ports": [{"port": 443, "targetPort": "websecure"}]}}""");
    }

    /** As the Ingress of that host says. */
    private Socket toService(Manifests manifests, String host) throws Exception {
        JsonNode rule = manifests.ofKind("Ingress").stream().flatMap(ingress -> Manifests.each(ingress.at("/spec/rules")))
                .filter(each -> each.path("host").asText().equals(host)).findFirst().orElseThrow();
        JsonNode service = rule.at("/http/paths/0/backend/service");
        JsonNode port = Manifests.each(manifests.named("Service", service.path("name").asText()).orElseThrow().at("/spec/ports"))
                .filter(each -> each.path("name").equals(service.at("/port/name"))).findFirst().orElseThrow();
        return new Socket(cluster.address(service.path("name").asText()), port.path("port").asInt());
    }

    Cluster cluster() {
        return cluster;
    }

    /** A person's new device, joined and logged in. */
    Device device(String name, String person) {
        return loggedIn(home(name), person);
    }

    Device loggedIn(Device device, String person) {
        device.heph("up", "--light");
        device.heph("hub", "join", "https://" + HOST);
        device.logIn(code -> provider.devices().approve(code, person));
        return device;
    }

    /** A home in which nothing is and runs yet, on a machine of its own. */
    Device home(String name) {
        String host = "at-" + name;
        cluster.outside(host, "192.168.78." + ++devices);
        return new Device(cluster.node(), host, directory.resolve("device-" + name), trust, PASSWORD);
    }

    /** kubectl create job --from=cronjob/heph-backup. */
    void backUp() throws Exception {
        Job job = cluster.job("heph-backup-" + ++backups, "heph-backup");
        if (job.run() != 0) {
            throw new AssertionError("no backup: " + job.log());
        }
    }

    Backups backups() {
        return new Backups(cluster.claim("heph-backups"));
    }

    /** Puts a person back with the newest backup. */
    void putBack(String person) {
        Path file = backups().newest().of(person);
        whileTheStoreIsAway(documented("owner.json").replace("SPACE", file.getFileName().toString().replace(".db", "")));
    }

    /** The store's volume is lost, and there is a new one; everybody is put back with the newest backup. */
    void loseTheVolume() {
        whileTheStoreIsAway("rm -rf /var/lib/heph/* /var/lib/heph/.[!.]*\n" + documented("hub.db"));
    }

    private void whileTheStoreIsAway(String typed) {
        Workload store = cluster.workload("heph-store");
        store.scaleToNone();
        cluster.byHand(typed.replace("heph-DATE-TIME", backups().newest().directory().getFileName().toString()));
        store.start();
        awaitReady();
    }

    /** The first commands of docs/how-to/k3s.md in which that is. */
    private static String documented(String word) {
        try {
            return Pattern.compile("(?s)```\n(.*?)```").matcher(Files.readString(ROOT.resolve("docs/how-to/k3s.md"))).results()
                    .map(block -> block.group(1)).filter(block -> block.contains(word)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the ingress answers to a request from the world. @param token for the hub, or none */
    int status(String method, String path, String token) throws Exception {
        return cluster.node().at(WORLD, () -> {
            try (Socket socket = certificate.getSocketFactory().createSocket(NODE_ADDRESS, 443)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 0\r\n"
                        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + "Connection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String said = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)).readLine();
                return Integer.parseInt(said.split(" ")[1]);
            }
        });
    }

    FakeProvider provider() {
        return provider;
    }

    String logs() {
        var logs = new StringBuilder();
        cluster.pods().forEach(pod -> logs.append(pod).append('\n').append(pod.container().log().indent(4)));
        return logs.toString();
    }

    @Override
    public void close() throws Exception {
        ingress.close();
        id.close();
        cluster.close();
        provider.close();
    }
}
