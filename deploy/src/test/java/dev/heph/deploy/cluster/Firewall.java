package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heph.deploy.k3s.Manifests;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services and network policies as rules for {@code nft}, as k3s has them: an address of a service becomes that of one of its ready pods,
 * and then the
 * policies look, of who sends and of who receives. What is not allowed is refused at once. The node itself passes by.
 */
final class Firewall {
    private final List<? extends JsonNode> policies;
    private final Collection<Place> places;
    private final StringBuilder rules = new StringBuilder();

    private Firewall(List<? extends JsonNode> policies, Collection<Place> places) {
        this.policies = policies;
        this.places = places;
    }

    /** @param services by their addresses; who of them has no pod that is ready refuses */
    static String rules(Map<String, ? extends JsonNode> services, List<? extends JsonNode> policies, Collection<Place> places) {
        var firewall = new Firewall(policies, places);
        firewall.rules.append("table ip heph\ndelete table ip heph\ntable ip heph {\n");
        firewall.services(services);
        firewall.policies();
        return firewall.rules.append("}\n").toString();
    }

    private void services(Map<String, ? extends JsonNode> services) {
        chain("services", "type nat hook prerouting priority dstnat; policy accept;");
        services.forEach((address, service) -> service.at("/spec/ports").forEach(port -> {
            List<String> targets = places.stream()
                    .filter(place -> place.ready() && place.namespace().equals(service.at("/metadata/namespace").asText())
                            && place.has(service.at("/spec/selector")))
                    .map(place -> place.address() + " . " + place.port(port.path("targetPort"))).toList();
            if (!targets.isEmpty()) {
                var choice = new ArrayList<String>();
                targets.forEach(target -> choice.add(choice.size() + " : " + target));
                rule("ip daddr " + address + " tcp dport " + port.path("port").asInt() + " dnat ip to numgen random mod " + targets.size()
                        + " map { " + String.join(", ", choice) + " }");
            }
        }));
        end();
        chain("unserved", "type filter hook prerouting priority dstnat + 10; policy accept;");
        services.keySet().forEach(address -> rule("ip daddr " + address + " reject"));
        end();
    }

    private void policies() {
        chain("forward", "type filter hook forward priority filter; policy accept;");
        rule("ct state established,related accept");
        jumps("saddr", "Egress");
        jumps("daddr", "Ingress");
        end();
        for (Place place : places) {
            chain(place, "Egress", "to", "daddr");
            chain(place, "Ingress", "from", "saddr");
        }
    }

    private void jumps(String side, String type) {
        String jumps = places.stream().filter(place -> isolated(place, type))
                .map(place -> place.address() + " : jump " + name(place, type)).collect(Collectors.joining(", "));
        if (!jumps.isEmpty()) {
            rule("ip " + side + " vmap { " + jumps + " }");
        }
    }

    private void chain(Place place, String type, String key, String side) {
        if (!isolated(place, type)) {
            return;
        }
        chain(name(place, type), "");
        selecting(place, type).forEach(policy -> policy.at("/spec/" + type.toLowerCase()).forEach(rule -> {
            for (JsonNode peer : peers(rule.path(key))) {
                allow(policy, place, peer, rule.path("ports"), side);
            }
        }));
        rule("reject");
        end();
    }

    /** None is everybody. */
    private static Iterable<JsonNode> peers(JsonNode peers) {
        return peers.isEmpty() ? List.of(JsonNodeFactory.instance.objectNode()) : peers;
    }

    private void allow(JsonNode policy, Place place, JsonNode peer, JsonNode ports, String side) {
        if (peer.has("ipBlock") || peer.isEmpty()) {
            if (peer.at("/ipBlock/except").isArray()) {
                throw new IllegalArgumentException("except is not understood here: " + peer);
            }
            String from = peer.isEmpty() ? "" : "ip " + side + " " + peer.at("/ipBlock/cidr").asText() + " ";
            matches(ports, place).forEach(match -> rule(from + match + "return"));
            return;
        }
        places.stream().filter(other -> meant(policy, peer, other)).forEach(other -> {
            Place receives = side.equals("daddr") ? other : place;
            matches(ports, receives).forEach(match -> rule("ip " + side + " " + other.address() + " " + match + "return"));
        });
    }

    private static boolean meant(JsonNode policy, JsonNode peer, Place other) {
        boolean space = peer.has("namespaceSelector")
                ? inNamespace(other, peer.path("namespaceSelector"))
                : other.namespace().equals(policy.at("/metadata/namespace").asText());
        return space && (!peer.has("podSelector") || other.matches(peer.path("podSelector")));
    }

    /** The one label that every namespace has. */
    private static boolean inNamespace(Place place, JsonNode selector) {
        return new Place("", "", Map.of("kubernetes.io/metadata.name", place.namespace()), "", Map.of(), false).matches(selector);
    }

    /** A name is of the port of who receives, so it may be none. */
    private static Stream<String> matches(JsonNode ports, Place receives) {
        if (ports.isEmpty()) {
            return Stream.of("");
        }
        return Manifests.each(ports).filter(port -> receives.port(port.path("port")) > 0)
                .map(port -> port.path("protocol").asText("TCP").toLowerCase() + " dport " + receives.port(port.path("port")) + " ");
    }

    private boolean isolated(Place place, String type) {
        return selecting(place, type).findAny().isPresent();
    }

    private Stream<? extends JsonNode> selecting(Place place, String type) {
        return policies.stream().filter(policy -> policy.at("/metadata/namespace").asText().equals(place.namespace())
                && place.matches(policy.at("/spec/podSelector"))
                && Manifests.each(policy.at("/spec/policyTypes")).anyMatch(each -> each.asText().equals(type)));
    }

    private static String name(Place place, String type) {
        return type.toLowerCase() + "-" + place.name();
    }

    private void chain(String name, String what) {
        rules.append("  chain ").append(name).append(" {\n");
        if (!what.isEmpty()) {
            rule(what);
        }
    }

    private void rule(String rule) {
        rules.append("    ").append(rule).append('\n');
    }

    private void end() {
        rules.append("  }\n");
    }
}
