package dev.heph.deploy.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.auth.AuthService;
import dev.heph.gateway.GatewayService;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceMain;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import dev.heph.store.StoreService;
import dev.heph.sync.SyncService;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the alerts and the documentation speak of what the services tell, and all of it is spoken of. */
class WatchedTest {
    private static final Pattern METRIC = Pattern.compile("\\b(heph|jvm|process)_[a-z_]+");
    private static final List<Service> SERVICES = new ArrayList<>();
    private static final String DEVICE = "01KAHX5T9ZV2Q8R4N6B7C9K3F9";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path tmp;

    /** Of all services of a hub on this machine, each asked once. */
    private static String told;

    /** Where the store tells how it is, and where devices sync. */
    private static int store;

    private static int http;

    @BeforeAll
    static void start() throws Exception {
        Home home = Home.in(tmp).create();
        Map<ServiceMain.Start, Integer> ports = new LinkedHashMap<>();
        for (ServiceMain.Start service : List.<ServiceMain.Start>of(StoreService::start, AuthService::start, SyncService::start,
                GatewayService::start)) {
            int port = FreePort.next();
            Map<String, String> environment = Map.of("HEPH_MODE", "hub", "HEPH_HTTP_ADDRESS", "127.0.0.1:" + FreePort.next(),
                    "HEPH_OBSERVE_ADDRESS", "127.0.0.1:" + port);
            Settings settings = Settings.load(home, environment, Map.of());
            SERVICES.add(service.start(home, settings, Clock.systemUTC()));
            ports.put(service, port);
            if (SERVICES.getLast().name().equals("sync")) {
                await().untilAsserted(() -> assertThat(get(port, "/health/ready").statusCode()).isEqualTo(204));
                http = settings.httpAddress().getPort();
                get(http, "/sync/v1/vector?space=personal");
                get(http, "/sync/v1/pull?space=personal&device=" + DEVICE);
            }
        }
        new ServiceClient(home, "store").call("counts", Json.object());
        new ServiceClient(home, "store").call("node.create", Json.object().put("kind", "doc").put("title", "What that device lacks"));
        store = ports.values().iterator().next();
        var all = new StringBuilder();
        for (int port : ports.values()) {
            all.append(get(port, "/metrics").body());
        }
        told = all.toString();
    }

    @AfterAll
    static void stop() {
        SERVICES.reversed().forEach(Service::close);
        HTTP.close();
    }

    @Test
    void theDocumentationHasEachAndNoOther() throws Exception {
        Set<String> ours = names(told).stream().filter(name -> name.startsWith("heph_"))
                .map(name -> name.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"))
                        .collect(Collectors.toCollection(TreeSet::new));
        ours.removeIf(name -> name.endsWith("_seconds_max"));
        Set<String> documented = Files.readAllLines(Path.of("../docs/reference/observing.md")).stream()
                .filter(line -> line.startsWith("| `heph_")).map(line -> line.split("`")[1]).collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(ours);
    }

    @Test
    void theDashboardShowsWhatThereIs() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(Manifests.DIRECTORY.resolve("monitoring/dashboard.json").toFile());

        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel ->
                assertThat(names(told)).containsAll(names(panel.at("/targets/0/expr").asText())));
    }

    @Test
    void eachAlertIsAboutWhatThereIsAndSomethingCanBeDone() throws Exception {
        String guide = Files.readString(Path.of("../docs/how-to/k3s.md"));
        for (JsonNode rule : alerts().at("/spec/groups/0/rules")) {
            assertThat(names(told)).as(rule.path("alert").asText()).containsAll(names(rule.path("expr").asText()));
            assertThat(guide).contains("**" + rule.path("alert").asText() + "**");
        }
    }

    @Test
    void labelsAreThoseThatThereAre() throws Exception {
        Pattern label = Pattern.compile("(service|stage)=\"([a-z-]+)\"");
        for (JsonNode rule : alerts().at("/spec/groups/0/rules")) {
            label.matcher(rule.path("expr").asText()).results().forEach(found -> assertThat(told).contains(found.group()));
        }
    }

    /** Who asked is one series, and none any more when it has everything. */
    @Test
    void whatADeviceLacksHasItsName() throws Exception {
        assertThat(told).containsPattern("heph_lag_ops\\{device=\"b7c9k3f9\",service=\"store\",space=\"personal\",?\\} [1-9]");
        get(http, "/sync/v1/pull?space=personal&device=" + DEVICE);
        assertThat(get(store, "/metrics").body()).contains("heph_devices_behind").doesNotContain("b7c9k3f9");
    }

    @Test
    void whoScrapesFindsThePort() {
        ObjectNode monitor = Manifests.of("monitoring").named("ServiceMonitor", "heph").orElseThrow();
        Manifests services = Manifests.of("overlays/sqlite");

        assertThat(services.ofKind("Service")).hasSize(4).allSatisfy(service -> {
            monitor.at("/spec/selector/matchLabels").properties().forEach(label ->
                    assertThat(service.at("/metadata/labels").path(label.getKey())).isEqualTo(label.getValue()));
            assertThat(service.at("/spec/ports").findValuesAsText("name")).contains(monitor.at("/spec/endpoints/0/port").asText());
        });
        assertThat(told).contains("service=\"store\"");
        assertThat(monitor.at("/spec/endpoints/0/honorLabels").asBoolean()).as("our label service is not hidden by the operator's").isTrue();
    }

    private static ObjectNode alerts() {
        return Manifests.of("monitoring").named("PrometheusRule", "heph").orElseThrow();
    }

    private static Set<String> names(String text) {
        return METRIC.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
