package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.deploy.cluster.Container.Mount;
import dev.heph.deploy.k3s.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the manifests ask for, on one {@link Node}; with whom else there is in a cluster, and outside. */
final class Cluster implements AutoCloseable {
    private static final String NAMESPACE = "heph";

    private final Node node = Node.begin();
    private final Manifests manifests;
    private final Map<String, Image> images;
    private final Map<String, String> overridden;
    private final Volumes volumes;
    private final Path directory;
    private final List<Workload> workloads = new ArrayList<>();
    private final List<Place> others = new ArrayList<>();
    private final Map<String, ObjectNode> services = new LinkedHashMap<>();
    private final Map<String, String> names = new TreeMap<>(Map.of("localhost", "127.0.0.1"));
    private int addresses = 1;
    private boolean closed;

    /**
     * @param images by name
     * @param directory where volumes and logs go
     * @param settings what an overlay of somebody's own would change in the ConfigMap
     */
    Cluster(Manifests manifests, Map<String, Image> images, Path directory, Map<String, String> settings,
            Map<String, Map<String, byte[]>> secrets) {
        this.manifests = manifests;
        this.images = images;
        this.directory = directory;
        this.overridden = settings;
        this.volumes = new Volumes(directory, secrets);
        manifests.ofKind("Service").forEach(service -> {
            String address = "10.43.0." + (services.size() + 1);
            services.put(address, service);
            names.put(service.at("/metadata/name").asText(), address);
        });
    }

    /** Another pod, which the test is: nothing runs in it. */
    Place other(String name, String namespace, Map<String, String> labels, Map<String, Integer> ports) {
        var place = new Place(name, namespace, labels, nextAddress(), ports, true);
        node.host(name, place.address());
        others.add(place);
        return place;
    }

    /** A host that is no pod. */
    void outside(String name, String address) {
        node.host(name, address);
    }

    /** A service that no manifest of ours has. */
    void service(String address, ObjectNode service) {
        services.put(address, service);
    }

    /** Everybody in the cluster and outside knows that name. */
    void name(String name, String address) {
        names.put(name, address);
    }

    void start() {
        try {
            Files.writeString(directory.resolve("hosts"), String.join("", names.entrySet().stream()
                    .map(name -> name.getValue() + " " + name.getKey() + "\n").toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.names(directory.resolve("hosts"));
        Stream.of("StatefulSet", "Deployment").flatMap(kind -> manifests.ofKind(kind).stream())
                .forEach(manifest -> workloads.add(new Workload(this, manifest)));
        workloads.forEach(Workload::start);
    }

    Pod pod(Workload workload, String name) {
        JsonNode spec = workload.template().path("spec");
        JsonNode container = spec.at("/containers/0");
        if (spec.path("containers").size() != 1 || spec.has("initContainers")) {
            throw new IllegalArgumentException("only pods of one container are understood here: " + name);
        }
        var place = new Place(name, NAMESPACE, Pod.labels(workload.template()), nextAddress(), Pod.ports(workload.template()), false);
        node.host(name, place.address());
        List<Mount> mounts = new ArrayList<>(volumes.mounts(name, spec, workload.manifest().at("/spec/volumeClaimTemplates")));
        mounts.add(new Mount(directory.resolve("hosts"), "/etc/hosts", true));
        Image image = images.get(container.path("image").asText().replaceFirst(":.*", ""));
        return new Pod(node, place, workload.template(), new Container(node, name, image, container, spec.path("securityContext"),
                environment(container), mounts, directory.resolve(name + ".log")), this::apply);
    }

    private Map<String, String> environment(JsonNode container) {
        if (container.has("env")) {
            throw new IllegalArgumentException("only envFrom is understood here: " + container);
        }
        var environment = new TreeMap<String, String>();
        container.path("envFrom").forEach(from -> manifests.named("ConfigMap", from.at("/configMapRef/name").asText()).orElseThrow()
                .path("data").properties().forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText())));
        environment.putAll(overridden);
        return environment;
    }

    private synchronized String nextAddress() {
        return "10.42.0." + ++addresses;
    }

    /** The rules of now, all at once. Connections that there are go on. */
    synchronized void apply() {
        if (closed) {
            return;
        }
        try {
            Path rules = Files.writeString(directory.resolve("rules.nft"),
                    Firewall.rules(services, manifests.ofKind("NetworkPolicy"), places()));
            node.run("nft", "-f", rules.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void gone(Pod pod) {
        apply();
        node.removeHost(pod.place().name());
    }

    List<Place> places() {
        return Stream.concat(pods().stream().map(Pod::place), others.stream()).toList();
    }

    List<Pod> pods() {
        return workloads.stream().flatMap(workload -> workload.pods().stream()).toList();
    }

    Workload workload(String name) {
        return workloads.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    Node node() {
        return node;
    }

    /** The address of a service. */
    String address(String service) {
        return names.get(service);
    }

    @Override
    public void close() {
        pods().forEach(Pod::abandon);
        synchronized (this) {
            closed = true;
        }
        node.close();
    }
}
