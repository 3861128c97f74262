package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.deploy.k3s.Manifests;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A pod of one container, and what the kubelet does for it: asks its probes, starts it again when it ends or is not alive. */
final class Pod {
    private final Node node;
    private final Place place;
    private final JsonNode spec;
    private final Container container;
    private final Runnable changed;
    private volatile boolean stopping;
    private volatile boolean ready;
    private volatile int restarts;
    private Thread kubelet;

    /** @param changed is run when it became ready or is not any more */
    Pod(Node node, Place place, JsonNode template, Container container, Runnable changed) {
        this.node = node;
        this.place = place;
        this.spec = template.path("spec");
        this.container = container;
        this.changed = changed;
    }

    static Map<String, Integer> ports(JsonNode template) {
        var ports = new TreeMap<String, Integer>();
        Stream.of("/spec/containers", "/spec/initContainers").flatMap(list -> Manifests.each(template.at(list)))
                .flatMap(container -> Manifests.each(container.path("ports")))
                .forEach(port -> ports.put(port.path("name").asText(), port.path("containerPort").asInt()));
        return ports;
    }

    static Map<String, String> labels(JsonNode template) {
        var labels = new TreeMap<String, String>();
        template.at("/metadata/labels").properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    void start() {
        kubelet = Thread.ofPlatform().daemon().name(place.name()).start(() -> {
            try {
                node.here(() -> {
                    while (!stopping) {
                        live(container.start());
                        ready(false);
                        restarts++;
                    }
                    return null;
                });
            } catch (Exception e) {
                throw new IllegalStateException(place.name(), e);
            }
        });
    }

    private void live(Process process) throws InterruptedException {
        Optional<Probe> startup = probe("startupProbe");
        Optional<Probe> readiness = probe("readinessProbe");
        Optional<Probe> liveness = probe("livenessProbe");
        while (process.isAlive() && !stopping) {
            if (startup.isPresent() && !startup.get().passed()) {
                startup.get().askWhenDue();
                if (startup.get().failed()) {
                    container.stop(0);
                }
                rest(process, startup);
                continue;
            }
            readiness.ifPresent(Probe::askWhenDue);
            ready(readiness.isEmpty() || readiness.get().passed());
            liveness.ifPresent(Probe::askWhenDue);
            if (liveness.isPresent() && liveness.get().failed()) {
                container.stop(graceSeconds());
            }
            rest(process, readiness, liveness);
        }
        process.waitFor();
    }

    @SafeVarargs
    private static void rest(Process process, Optional<Probe>... probes) throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(1);
        for (Optional<Probe> probe : probes) {
            nanos = probe.isPresent() ? probe.get().rest(nanos) : nanos;
        }
        process.waitFor(nanos, TimeUnit.NANOSECONDS);
    }

    private Optional<Probe> probe(String name) {
        return Optional.of(container.spec().path(name)).filter(JsonNode::isObject).map(probe -> new Probe(probe, place));
    }

    private void ready(boolean is) {
        if (is != ready) {
            ready = is;
            changed.run();
        }
    }

    boolean isReady() {
        return ready && !stopping;
    }

    int restarts() {
        return restarts;
    }

    Place place() {
        return new Place(place.name(), place.namespace(), place.labels(), place.address(), place.ports(), isReady());
    }

    Container container() {
        return container;
    }

    private long graceSeconds() {
        return spec.path("terminationGracePeriodSeconds").asLong(30);
    }

    /** As when a pod is deleted: it is told, and services send it nobody from then on. @return whether it ended in the time it has */
    boolean stop() {
        stopping = true;
        Thread.ofPlatform().daemon().start(changed);
        boolean inTime = container.stop(graceSeconds());
        try {
            kubelet.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inTime;
    }

    /** It ends with its node. */
    void abandon() {
        stopping = true;
    }

    @Override
    public String toString() {
        return place.name() + (isReady() ? " is ready" : " is not ready");
    }
}
