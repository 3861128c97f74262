package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.deploy.k3s.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A container: its image's files as a root that cannot be written, its volumes in it, processes of its own, the network of its pod, a user
 * who is
 * nobody and can never be more. What is left out: seccomp, and a limit of memory that the kernel keeps; Java is told of it all the same.
 */
final class Container {
    private final Node node;
    private final String host;
    private final Image image;
    private final JsonNode spec;
    private final JsonNode security;
    private final Map<String, String> environment;
    private final List<Mount> mounts;
    private final Path log;
    private volatile Process process;

    /** @param target where in the container */
    record Mount(Path source, String target, boolean readOnly) {}

    /**
     * @param host the network of its pod
     * @param security what its pod says of all its containers
     */
    Container(Node node, String host, Image image, JsonNode spec, JsonNode security, Map<String, String> environment, List<Mount> mounts,
            Path log) {
        if (!spec.at("/securityContext/readOnlyRootFilesystem").asBoolean()) {
            throw new IllegalArgumentException("only containers whose root cannot be written are understood here: " + spec);
        }
        this.node = node;
        this.host = host;
        this.image = image;
        this.spec = spec;
        this.security = security;
        this.environment = new TreeMap<>(image.environment());
        this.environment.putAll(environment);
        limit(spec.at("/resources/limits/memory").asText()).ifPresent(limit ->
                this.environment.merge("JDK_JAVA_OPTIONS", "-XX:MaxRAM=" + limit, (there, more) -> there + " " + more));
        this.mounts = mounts;
        this.log = log;
    }

    private static Optional<String> limit(String memory) {
        return memory.isEmpty() ? Optional.empty() : Optional.of(memory.replaceFirst("i$", "").toLowerCase());
    }

    JsonNode spec() {
        return spec;
    }

    Process start() throws IOException {
        for (Mount mount : mounts) {
            Path target = image.root().resolve(mount.target().substring(1));
            if (Files.isDirectory(mount.source())) {
                Files.createDirectories(target);
            }
        }
        var command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private",
                "sh", "-c",
                script(), "sh"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(program("setpriv"), "--no-new-privs", program("unshare"), "--root", image.root().toString(), "--wd",
                image.directory(), "--setuid", user(), "--setgid", group()));
        command.addAll(spec.has("command") ? texts("command") : image.entrypoint());
        command.addAll(texts("args"));
        process = new ProcessBuilder(node.commandAt(host, command)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        return process;
    }

    private String script() {
        var script = new StringBuilder("set -e\nroot='" + image.root() + "'\n");
        script.append("""
                mount --bind "$root" "$root"
                mount -t proc proc "$root/proc"
                mount -t tmpfs -o mode=755 tmpfs "$root/dev"
                for device in null zero random urandom; do
                    : >"$root/dev/$device"
                    mount --bind /dev/$device "$root/dev/$device"
                done
                """);
        for (Mount mount : mounts) {
            script.append("mount --bind '").append(mount.source()).append("' \"$root\"'").append(mount.target()).append("'\n");
            if (mount.readOnly()) {
                script.append("mount -o remount,bind,ro \"$root\"'").append(mount.target()).append("'\n");
            }
        }
        return script.append("mount -o remount,bind,ro \"$root\"\nexec env -i \"$@\"\n").toString();
    }

    private List<String> texts(String field) {
        return Manifests.each(spec.path(field)).map(JsonNode::asText).toList();
    }

    private String user() {
        return security.path("runAsUser").asText();
    }

    private String group() {
        return security.path("runAsGroup").asText();
    }

    private static String program(String name) {
        return List.of(System.getenv("PATH").split(":")).stream().map(place -> Path.of(place, name)).filter(Files::isExecutable)
                .findFirst().orElseThrow().toString();
    }

    /** Its first process, as it is seen from outside. */
    Optional<ProcessHandle> first() {
        Optional<ProcessHandle> last = Optional.ofNullable(process).map(Process::toHandle);
        for (var next = last; next.isPresent(); next = next.get().children().findFirst()) {
            last = next;
        }
        return last.filter(found -> found.pid() != process.pid());
    }

    /** kubectl exec. */
    String exec(String... command) {
        var inside = new ArrayList<>(List.of("nsenter", "--target", "" + first().orElseThrow().pid(), "--mount", "--net", "--pid", "--root",
                "--wd", "--setuid", user(), "--setgid", group(), "--"));
        inside.addAll(List.of(command));
        return Node.output(inside, environment);
    }

    void kill() {
        first().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** SIGTERM, and SIGKILL if it takes longer than that. @return whether it ended by itself */
    boolean stop(long graceSeconds) {
        Process running = process;
        if (running == null) {
            return true;
        }
        first().ifPresent(ProcessHandle::destroy);
        try {
            boolean ended = running.waitFor(graceSeconds, TimeUnit.SECONDS);
            kill();
            running.waitFor();
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
