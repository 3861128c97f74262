package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
    private final List<Place> others = new CopyOnWriteArrayList<>();
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
        return new Pod(node, place, workload.template(),
                container(name, name + ".log", spec, container, workload.manifest().at("/spec/volumeClaimTemplates")), this::apply);
    }

    /** What {@code kubectl create job --from=cronjob/NAME} makes; its pod is not started yet. */
    Job job(String name, String cronJob) {
        JsonNode job = manifests.named("CronJob", cronJob).orElseThrow().at("/spec/jobTemplate/spec");
        JsonNode template = job.path("template");
        JsonNode spec = template.path("spec");
        var place = new Place(name, NAMESPACE, Pod.labels(template), nextAddress(), Pod.ports(template), false);
        Function<JsonNode, Container> container = each -> container(name, name + "." + each.path("name").asText() + ".log", spec, each,
                MissingNode.getInstance());
        return new Job(this, place, job, container);
    }

    /** Such a pod is in the network from its first moment, and gone with its end. */
    void enter(Place place) {
        node.host(place.name(), place.address());
        others.add(place);
        apply();
    }

    void leave(Place place) {
        others.remove(place);
        apply();
        node.removeHost(place.name());
    }

    private Container container(String pod, String log, JsonNode spec, JsonNode container, JsonNode claims) {
        List<Mount> mounts = new ArrayList<>(volumes.mounts(pod, spec, container, claims));
        mounts.add(new Mount(directory.resolve("hosts"), "/etc/hosts", true));
        Image image = images.get(container.path("image").asText().replaceFirst(":.*", ""));
        return new Container(node, pod, image, container, spec.path("securityContext"), environment(container), mounts,
                directory.resolve(log));
    }

    /** What is kept in a claim, seen from outside. */
    Path claim(String name) {
        return volumes.claim(name);
    }

    /**
     * What is typed in the pod of {@code examples/backups.yaml}, as its user and with its volumes, which are below /mnt here. The shell is
     * this machine's: that pod's image is not ours.
     */
    void byHand(String typed) {
        JsonNode spec = Manifests.of(Path.of("examples/backups.yaml")).path("spec");
        var mounts = new StringBuilder("set -e\nmount -t tmpfs -o mode=755 tmpfs /mnt\n");
        String script = "set -e\n" + typed;
        for (JsonNode mount : spec.at("/containers/0/volumeMounts")) {
            JsonNode volume = Manifests.each(spec.path("volumes")).filter(each -> each.path("name").equals(mount.path("name")))
                    .findFirst().orElseThrow();
            String path = "/mnt" + mount.path("mountPath").asText();
            script = script.replace(mount.path("mountPath").asText(), path);
            mounts.append("mkdir -p ").append(path).append("\nmount --bind '")
                    .append(claim(volume.at("/persistentVolumeClaim/claimName").asText())).append("' ").append(path).append('\n');
        }
        JsonNode security = spec.path("securityContext");
        mounts.append("exec setpriv --no-new-privs --clear-groups --reuid ").append(security.path("runAsUser").asText())
                .append(" --regid ").append(security.path("runAsGroup").asText()).append(" sh -c \"$1\"\n");
        Node.output(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", mounts.toString(), "sh", script),
                System.getenv());
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
