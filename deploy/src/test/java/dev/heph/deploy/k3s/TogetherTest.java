package dev.heph.deploy.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.heph.deploy.k3s.Manifests.Pod;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.settings.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one manifest names is in another, or in the code. */
class TogetherTest {
    private static final Set<String> IMAGES = Set.of("heph-store", "heph-auth", "heph-sync", "heph-rpc-gateway");

    private final Manifests manifests = Manifests.of("overlays/sqlite");

    @TempDir
    Path tmp;

    @ParameterizedTest
    @ValueSource(strings = {"overlays/sqlite", "overlays/dev"})
    void theServicesTakeTheSettingsThatTheyAreGiven(String overlay) {
        Manifests all = Manifests.of(overlay);
        for (Pod pod : ours(all)) {
            for (JsonNode container : pod.containers()) {
                Settings settings = Settings.load(Home.in(tmp), environment(all, container), Map.of());
                assertThat(settings.mode()).isEqualTo(Mode.HUB);
                assertThat(settings.placement().peers()).containsOnlyKeys("store", "auth", "sync");
            }
            assertThat(pod.spec().path("enableServiceLinks")).as(pod + ": variables that Kubernetes makes up are unknown settings")
                    .hasToString("false");
        }
    }

    @Test
    void theAddressesInTheSettingsAreThoseOfServicesAndPorts() {
        Settings settings = Settings.load(Home.in(tmp), environment(manifests, ours(manifests).getFirst().containers().getFirst()),
                Map.of());

        settings.placement().peers().forEach((service, address) -> {
            ObjectNode found = manifests.named("Service", address.getHostString()).orElseThrow();
            assertThat(target(found, "internal")).isEqualTo(address.getPort()).isEqualTo(settings.placement().listening().getPort());
            assertThat(address.getHostString()).isEqualTo("heph-" + service);
        });
        assertThat(target(manifests.named("Service", "heph-sync").orElseThrow(), "devices")).isEqualTo(settings.httpAddress().getPort());
        for (Pod pod : ours(manifests)) {
            pod.port(TextNode.valueOf("observe")).ifPresent(port ->
                    assertThat(port).isEqualTo(settings.placement().observed().orElseThrow().getPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/sqlite", "overlays/dev"})
    void selectorsFindPodsAndPortsAreTheirs(String overlay) {
        Manifests all = Manifests.of(overlay);
        for (ObjectNode service : all.ofKind("Service")) {
            List<Pod> found = all.pods().stream().filter(pod -> pod.matches(service.at("/spec/selector"))).toList();
            assertThat(found).as(Manifests.name(service)).hasSize(1);
            Manifests.each(service.at("/spec/ports")).forEach(port ->
                    assertThat(found.getFirst().port(port.path("targetPort"))).as(Manifests.name(service) + " " + port).isPresent());
        }
        for (ObjectNode maker : all.of(List.of("Deployment", "StatefulSet", "PodDisruptionBudget"))) {
            assertThat(all.pods()).as(Manifests.name(maker)).filteredOn(pod -> pod.matches(maker.at("/spec/selector/matchLabels")))
                    .hasSize(1);
        }
        for (ObjectNode ingress : all.ofKind("Ingress")) {
            assertThat(ingress.at("/metadata/annotations/traefik.ingress.kubernetes.io~1router.entrypoints").asText())
                    .as("no token goes in plain text").isEqualTo("websecure");
            ingress.findValues("service").forEach(backend -> {
                ObjectNode service = all.named("Service", backend.path("name").asText()).orElseThrow();
                assertThat(target(service, backend.at("/port/name").asText())).isPositive();
            });
        }
    }

    @Test
    void eachServiceIsProbedInThreeWays() {
        for (Pod pod : ours(manifests)) {
            JsonNode container = pod.containers().stream().filter(each -> each.has("ports")).findFirst().orElseThrow();
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/started");
            if (pod.spec().path("restartPolicy").asText().equals("Never")) {
                continue; // it ends with its command
            }
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(pod.port(container.at("/" + probe + "/httpGet/port"))).as(pod + " " + probe).isPresent();
            }
        }
    }

    @Test
    void nobodyIsRootAndNothingCanBeWrittenButVolumes() {
        for (Pod pod : ours(manifests)) {
            assertThat(pod.spec().at("/securityContext/runAsUser").asInt()).isEqualTo(65532);
            assertThat(pod.spec().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.spec().at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.spec().path("automountServiceAccountToken")).hasToString("false");
            for (JsonNode container : pod.containers()) {
                assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(container.at("/securityContext/allowPrivilegeEscalation")).hasToString("false");
                assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
                assertThat(mounts(container)).contains("/var/lib/heph", "/tmp");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/sqlite", "overlays/dev"})
    void whatIsMountedIsThere(String overlay) {
        Manifests all = Manifests.of(overlay);
        for (Pod pod : all.pods()) {
            Set<String> volumes = Manifests.each(pod.spec().path("volumes")).map(volume -> volume.path("name").asText())
                    .collect(Collectors.toSet());
            all.ofKind("StatefulSet").stream().filter(set -> Manifests.name(set).equals(pod.owner()))
                    .forEach(set -> set.at("/spec/volumeClaimTemplates").forEach(claim -> volumes.add(claim.at("/metadata/name")
                            .asText())));
            pod.containers().forEach(container -> container.path("volumeMounts").forEach(mount ->
                    assertThat(volumes).as(pod.toString()).contains(mount.path("name").asText())));
            pod.spec().path("volumes").findValues("claimName").forEach(claim ->
                    assertThat(all.named("PersistentVolumeClaim", claim.asText())).as(claim.asText()).isPresent());
        }
    }

    /** ArgoCD removes what is no longer in the repository, and compares what is with what the cluster has made of it. */
    @Test
    void notesAndBackupsArePrunedByNobodyAndTheSameAsTheClusterHasThem() {
        for (ObjectNode kept : manifests.of(List.of("Namespace", "PersistentVolumeClaim"))) {
            assertThat(kept.at("/metadata/annotations/argocd.argoproj.io~1sync-options").asText()).as(Manifests.name(kept)).isEqualTo("Prune=false");
        }
        JsonNode home = manifests.named("StatefulSet", "heph-store").orElseThrow().at("/spec/volumeClaimTemplates/0");
        assertThat(home.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(home.path("kind").asText()).isEqualTo("PersistentVolumeClaim");
    }

    @Test
    void whoRestoresByHandHasTheStoresVolumesAndIsTheSameUser() {
        JsonNode pod = Manifests.read(Manifests.DIRECTORY.resolve("examples/backups.yaml")).getFirst();
        ObjectNode store = manifests.named("StatefulSet", "heph-store").orElseThrow();

        assertThat(pod.path("spec").findValuesAsText("claimName")).containsExactly(
                store.at("/spec/volumeClaimTemplates/0/metadata/name").asText() + "-heph-store-0",
                Manifests.name(manifests.named("PersistentVolumeClaim", "heph-backups").orElseThrow()).split("/")[1]);
        assertThat(pod.at("/spec/securityContext")).isEqualTo(store.at("/spec/template/spec/securityContext"));
        assertThat(pod.at("/spec/containers/0/securityContext")).isEqualTo(store.at("/spec/template/spec/containers/0/securityContext"));
    }

    @Test
    void thePasswordOfTheTrustStoreIsTheOneInTheGuide() throws Exception {
        String options = Manifests.of("overlays/dev").named("ConfigMap", "heph-settings").orElseThrow().at("/data/JDK_JAVA_OPTIONS").asText();

        assertThat(Files.readString(Path.of("../docs/how-to/k3s.md")))
                .contains("-storepass " + options.replaceFirst(".*-Djavax.net.ssl.trustStorePassword=", "") + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/sqlite", "overlays/dev"})
    void whoDeploysIsToldOfEachSecret(String overlay) throws Exception {
        Manifests all = Manifests.of(overlay);
        Set<String> named = new TreeSet<>();
        for (ObjectNode manifest : all.all()) {
            manifest.findValues("secretName").forEach(secret -> named.add(secret.asText()));
            manifest.findValues("secretKeyRef").forEach(secret -> named.add(secret.path("name").asText()));
            assertThat(manifest.path("kind").asText()).as("a secret is never in a manifest").isNotEqualTo("Secret");
        }
        String told = Files.readString(Path.of("../docs/how-to/k3s.md"));
        assertThat(named).contains("heph-internal", "heph-tls").allSatisfy(secret -> assertThat(told).contains(" " + secret + " "));
        Set<String> examples = Manifests.read(Manifests.DIRECTORY.resolve("examples/external-secrets.yaml")).stream()
                .map(secret -> secret.at("/spec/target/name").asText()).collect(Collectors.toSet());
        assertThat(examples).isSubsetOf(named);
    }

    @Test
    void theSecretIsWhereTheSettingsSay() {
        for (Pod pod : ours(manifests)) {
            for (JsonNode container : pod.containers()) {
                Path secret = Path.of(environment(manifests, container).get("HEPH_INTERNAL_SECRET"));
                if (container.has("ports")) {
                    assertThat(mounts(container)).contains(secret.getParent().toString());
                }
            }
        }
        assertThat(Manifests.read(Manifests.DIRECTORY.resolve("examples/external-secrets.yaml")).getFirst().at("/spec/data/0/secretKey")
                .asText())
                .isEqualTo("secret");
    }

    @Test
    void imagesAreThoseThatAreBuilt() {
        for (Pod pod : ours(manifests)) {
            for (JsonNode container : pod.containers()) {
                String[] image = container.path("image").asText().split(":");
                assertThat(IMAGES).contains(image[0]);
                assertThat(image[1]).isEqualTo(Version.CURRENT);
            }
        }
        assertThat(Manifests.of("overlays/dev").all().stream().flatMap(each -> each.findValues("image").stream()).map(JsonNode::asText))
                .allMatch(image -> image.matches("[a-z/-]+:\\d[\\w.-]*"), "is pinned");
    }

    private static List<Pod> ours(Manifests all) {
        List<Pod> ours = all.pods().stream().filter(Pod::ours).toList();
        assertThat(ours).extracting(Pod::owner).contains(
                "StatefulSet/heph-store", "Deployment/heph-auth", "Deployment/heph-sync", "Deployment/heph-rpc-gateway",
                        "CronJob/heph-backup");
        return ours;
    }

    private static Map<String, String> environment(Manifests all, JsonNode container) {
        var environment = new HashMap<String, String>();
        container.path("envFrom").forEach(from -> all.named("ConfigMap", from.at("/configMapRef/name").asText()).orElseThrow()
                .path("data").properties().forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText())));
        container.path("env").forEach(each -> environment.put(each.path("name").asText(), each.path("value").asText()));
        return environment;
    }

    private static List<String> mounts(JsonNode container) {
        return Manifests.each(container.path("volumeMounts")).map(mount -> mount.path("mountPath").asText()).toList();
    }

    private int target(ObjectNode service, String port) {
        return Manifests.each(service.at("/spec/ports")).filter(each -> each.path("name").asText().equals(port))
                .mapToInt(each -> each.path("port").asInt()).findFirst().orElse(-1);
    }
}
