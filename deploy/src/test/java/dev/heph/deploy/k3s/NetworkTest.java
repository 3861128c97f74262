package dev.heph.deploy.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.deploy.k3s.Manifests.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who talks to whom, as ARCHITECTURE.md has it, and nobody else. */
class NetworkTest {
    private final Manifests manifests = Manifests.of("overlays/sqlite");

    @Test
    void onlyWhoHasToReachesAService() {
        Set<String> reached = new TreeSet<>();
        List<Pod> pods = manifests.pods();
        for (Pod from : pods) {
            for (Pod to : pods) {
                if (from != to && leaves(from, to) && enters(from, to)) {
                    reached.add(name(from) + " to " + name(to));
                }
            }
        }

        assertThat(reached).containsExactlyInAnyOrder(
                "auth to store", // whose space that is
                "sync to store", "sync to auth",
                "rpc-gateway to store", "rpc-gateway to auth", "rpc-gateway to sync",
                "backup to store", "backup to auth");
    }

    @Test
    void fromOutsideOnlyWhatDevicesAsk() {
        for (Pod pod : manifests.pods()) {
            Set<String> ports = new TreeSet<>();
            policies(pod, "Ingress").forEach(policy -> policy.at("/spec/ingress").forEach(rule -> rule.path("from").forEach(from -> {
                if (from.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name").asText().equals("kube-system")) {
                    rule.path("ports").forEach(port -> ports.add(port.path("port").asText()));
                }
            })));
            assertThat(ports).as(pod.toString()).isEqualTo(name(pod).equals("sync") ? Set.of("devices") : Set.of());
        }
    }

    @Test
    void nobodyElsesPodsAreShutOff() {
        assertThat(manifests.pods()).allMatch(Pod::ours);
        assertThat(manifests.ofKind("NetworkPolicy")).allSatisfy(policy ->
                assertThat(policy.at("/spec/podSelector/matchLabels")).as(Manifests.name(policy)).isNotEmpty());
    }

    @Test
    void authReachesAProviderAlsoBehindTheIngressOfThisCluster() {
        JsonNode egress = manifests.named("NetworkPolicy", "heph-auth").orElseThrow().at("/spec/egress");

        assertThat(Manifests.each(egress).filter(rule -> rule.at("/ports/0/port").asInt() == 8443)
                .map(rule -> rule.at("/to/0/podSelector/matchLabels/app.kubernetes.io~1name").asText())).containsExactly("traefik");
    }

    private boolean leaves(Pod from, Pod to) {
        return policies(from, "Egress").stream().anyMatch(policy -> allows(policy.at("/spec/egress"), "to", to));
    }

    private boolean enters(Pod from, Pod to) {
        return policies(to, "Ingress").stream().anyMatch(policy -> allows(policy.at("/spec/ingress"), "from", from));
    }

    /** At the port by which services talk. */
    private static boolean allows(JsonNode rules, String side, Pod other) {
        return Manifests.each(rules).anyMatch(rule -> Manifests.each(rule.path(side)).anyMatch(peer -> peer.has("podSelector")
                && other.matches(peer.at("/podSelector/matchLabels")))
                && Manifests.each(rule.path("ports")).anyMatch(port -> port.path("port").asText().equals("internal")));
    }

    /** One that selects everybody and allows nothing has to be there: who is selected by none may do anything. */
    private List<ObjectNode> policies(Pod pod, String type) {
        List<ObjectNode> policies = manifests.ofKind("NetworkPolicy").stream()
                .filter(policy -> pod.matches(policy.at("/spec/podSelector/matchLabels")))
                .filter(policy -> Manifests.each(policy.at("/spec/policyTypes")).anyMatch(each -> each.asText().equals(type)))
                .toList();
        assertThat(policies).as(pod + " is shut off but for what is allowed").anyMatch(policy -> Manifests.name(policy).endsWith("/heph-nobody"));
        return policies;
    }

    private static String name(Pod pod) {
        return pod.labels().path("app.kubernetes.io/name").asText().replaceFirst("^heph-", "");
    }
}
