package dev.heph.deploy.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Deployment or a StatefulSet: as many pods as it says, replaced one by one as it says. */
final class Workload {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Cluster cluster;
    private final JsonNode manifest;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private int made;

    Workload(Cluster cluster, JsonNode manifest) {
        this.cluster = cluster;
        this.manifest = manifest;
    }

    String name() {
        return manifest.at("/metadata/name").asText();
    }

    JsonNode manifest() {
        return manifest;
    }

    JsonNode template() {
        return manifest.at("/spec/template");
    }

    List<Pod> pods() {
        return pods;
    }

    /** kubectl scale --replicas=0. */
    void scaleToNone() {
        for (Pod old : List.copyOf(pods)) {
            remove(old, new ArrayList<>());
        }
    }

    /** As many as it says, again. */
    void start() {
        for (int i = 0; i < manifest.at("/spec/replicas").asInt(); i++) {
            add();
        }
    }

    private Pod add() {
        Pod pod = cluster.pod(this, name() + "-" + (isStateful() ? 0 : made++));
        pods.add(pod);
        cluster.apply(); // policies know it by its address from its first moment
        pod.start();
        return pod;
    }

    private boolean isStateful() {
        return manifest.path("kind").asText().equals("StatefulSet");
    }

    /** kubectl rollout restart. @return those who did not end in the time that they have */
    List<Pod> restart() {
        var late = new ArrayList<Pod>();
        for (Pod old : List.copyOf(pods)) {
            if (isStateful()) {
                remove(old, late);
                ready(add());
            } else {
                if (!manifest.at("/spec/strategy/rollingUpdate/maxUnavailable").asText().equals("0")) {
                    throw new IllegalArgumentException("only maxUnavailable: 0 is understood here");
                }
                ready(add());
                remove(old, late);
            }
        }
        return late;
    }

    private void remove(Pod old, List<Pod> late) {
        if (!old.stop()) {
            late.add(old);
        }
        pods.remove(old);
        cluster.gone(old);
    }

    private static void ready(Pod pod) {
        await(pod.place().name()).atMost(PATIENCE).until(pod::isReady);
    }
}
