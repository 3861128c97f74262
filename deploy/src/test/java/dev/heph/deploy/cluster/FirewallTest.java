package dev.heph.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirewallTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Place STORE = place("store", "heph", "10.0.0.2", true);
    private static final Place SYNC = place("sync", "heph", "10.0.0.3", true);
    private static final Place OTHERS = place("sync", "default", "10.0.0.4", true);

    private static Place place(String name, String namespace, String address, boolean ready) {
        return new Place(name, namespace, Map.of("app", name), address, Map.of("internal", 7700), ready);
    }

    private static JsonNode yaml(String text) throws Exception {
        return YAML.readTree(text);
    }

    private static JsonNode policy(String rules) throws Exception {
        return yaml("""
                metadata: {namespace: heph}
                spec:
                  podSelector: {matchLabels: {app: store}}
                """ + rules.indent(2));
    }

    @Test
    void whomNoPolicySelectsMayDoAnything() {
        assertThat(Firewall.rules(Map.of(), List.of(), List.of(STORE, SYNC))).doesNotContain("jump");
    }

    @Test
    void whoIsSelectedAndAllowedNothingIsReachedByNobody() throws Exception {
        String rules = Firewall.rules(Map.of(), List.of(policy("policyTypes: [Ingress]")), List.of(STORE, SYNC));

        assertThat(rules).contains("ip daddr vmap { 10.0.0.2 : jump ingress-store }").contains("chain ingress-store {\n    reject\n  }")
                .doesNotContain("egress");
    }

    @Test
    void aNamedPortIsThatOfWhoReceivesAndAPodOfAnotherNamespaceIsNotMeant() throws Exception {
        String rules = Firewall.rules(Map.of(), List.of(policy("""
                policyTypes: [Ingress]
                ingress:
                  - from: [{podSelector: {matchLabels: {app: sync}}}]
                    ports: [{port: internal}]
                """)), List.of(STORE, SYNC, OTHERS));

        assertThat(rules).contains("chain ingress-store {\n    ip saddr 10.0.0.3 tcp dport 7700 return\n    reject\n  }");
    }

    @Test
    void aNamespaceAloneMeansAllItsPods() throws Exception {
        String rules = Firewall.rules(Map.of(), List.of(policy("""
                policyTypes: [Egress]
                egress:
                  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}}]
                    ports: [{port: 53, protocol: UDP}]
                  - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
                    ports: [{port: 443}]
                """)), List.of(STORE, SYNC, OTHERS));

        assertThat(rules).contains("chain egress-store {\n    ip daddr 10.0.0.4 udp dport 53 return\n"
                + "    ip daddr 0.0.0.0/0 tcp dport 443 return\n    reject\n  }");
    }

    @Test
    void aServiceSendsToItsReadyPodsAndRefusesWithoutOne() throws Exception {
        JsonNode service = yaml("""
                metadata: {namespace: heph}
                spec: {selector: {app: store}, ports: [{port: 80, targetPort: internal}]}
                """);

        assertThat(Firewall.rules(Map.of("10.1.0.1", service), List.of(), List.of(STORE, place("store", "heph", "10.0.0.9", false))))
                .contains("ip daddr 10.1.0.1 tcp dport 80 dnat ip to numgen random mod 1 map { 0 : 10.0.0.2 . 7700 }");
        assertThat(Firewall.rules(Map.of("10.1.0.1", service), List.of(), List.of(place("store", "heph", "10.0.0.9", false))))
                .doesNotContain("dnat ip to").contains("ip daddr 10.1.0.1 reject");
    }

    @Test
    void whatIsNotUnderstoodIsNotPassedOver() throws Exception {
        JsonNode policy = policy("""
                policyTypes: [Ingress]
                ingress:
                  - from: [{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}]
                """);

        assertThatThrownBy(() -> Firewall.rules(Map.of(), List.of(policy), List.of(STORE, SYNC)))
                .hasMessageContaining("only matchLabels are understood");
    }
}
