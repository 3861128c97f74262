package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.deploy.k3s.Manifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A Job's pod, run once: what goes on beside its command is up before that begins, and is told to end when that has ended. */
final class Job {
    private final Cluster cluster;
    private final Place place;
    private final JsonNode job;
    private final List<Container> beside;
    private final Container command;
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** @param container made of what the manifest says of it */
    Job(Cluster cluster, Place place, JsonNode job, Function<JsonNode, Container> container) {
        JsonNode spec = job.at("/template/spec");
        boolean once = spec.path("restartPolicy").asText().equals("Never") && job.path("backoffLimit").asInt(6) == 0;
        if (!once || spec.path("containers").size() != 1
                || Manifests.each(spec.path("initContainers")).anyMatch(each -> !each.path("restartPolicy").asText().equals("Always"))) {
            throw new IllegalArgumentException("only one try of one command, and what goes on beside it, are understood here: " + job);
        }
        this.cluster = cluster;
        this.place = place;
        this.job = job;
        this.beside = Manifests.each(spec.path("initContainers")).map(container).toList();
        this.command = container.apply(spec.at("/containers/0"));
    }

    /** @return the command's exit code */
    int run() throws Exception {
        cluster.enter(place);
        var started = new ArrayList<Container>();
        try {
            return cluster.node().here(() -> {
                for (Container each : beside) {
                    started.addFirst(each);
                    startBeside(each);
                }
                return runCommand();
            });
        } finally {
            command.kill();
            for (Container each : started) {
                boolean inTime = each.stop(job.at("/template/spec/terminationGracePeriodSeconds").asLong(30));
                told.add(name(each) + (inTime ? " ended" : " had to be killed"));
            }
            cluster.leave(place);
        }
    }

    private void startBeside(Container container) throws IOException, InterruptedException {
        Process process = container.start();
        told.add(name(container) + " starts");
        if (container.spec().has("startupProbe")) {
            var probe = new Probe(container.spec().path("startupProbe"), place);
            while (!probe.passed()) {
                probe.askWhenDue();
                if (!process.isAlive() || probe.failed()) {
                    throw new IllegalStateException(name(container) + " does not start: " + container.log());
                }
                process.waitFor(probe.rest(TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
            }
        }
        told.add(name(container) + " is up");
    }

    private int runCommand() throws IOException, InterruptedException {
        Process process = command.start();
        told.add(name(command) + " starts");
        long seconds = job.path("activeDeadlineSeconds").asLong(Integer.MAX_VALUE);
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException(place.name() + " is not done after " + seconds + " s: " + command.log());
        }
        told.add(name(command) + " ended with " + process.exitValue());
        return process.exitValue();
    }

    private static String name(Container container) {
        return container.spec().path("name").asText();
    }

    /** What became of its containers, one after the other. */
    List<String> told() {
        return told;
    }

    /** kubectl logs: what its command said. */
    String log() {
        return command.log();
    }
}
