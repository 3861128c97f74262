package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.deploy.cluster.Container.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Volumes as directories: those of a pod are its own, claims outlive it, secrets are files. They are of the pod's group. */
final class Volumes {
    private final Path directory;
    private final Map<String, Map<String, byte[]>> secrets;

    /** @param secrets by name, with their keys */
    Volumes(Path directory, Map<String, Map<String, byte[]>> secrets) {
        this.directory = directory;
        this.secrets = secrets;
    }

    /** What a container of a pod mounts. @param claims those that a StatefulSet makes for it */
    List<Mount> mounts(String pod, JsonNode spec, JsonNode container, JsonNode claims) {
        var mounts = new ArrayList<Mount>();
        String group = spec.at("/securityContext/fsGroup").asText();
        container.path("volumeMounts").forEach(mount -> mounts.add(new Mount(
                source(pod, mount.path("name").asText(), spec.path("volumes"), claims, group),
                mount.path("mountPath").asText(),
                mount.path("readOnly").asBoolean())));
        return mounts;
    }

    private Path source(String pod, String name, JsonNode volumes, JsonNode claims, String group) {
        for (JsonNode claim : claims) {
            if (claim.at("/metadata/name").asText().equals(name)) {
                return of(group, "claims", name + "-" + pod);
            }
        }
        for (JsonNode volume : volumes) {
            if (volume.path("name").asText().equals(name)) {
                if (volume.has("persistentVolumeClaim")) {
                    return of(group, "claims", volume.at("/persistentVolumeClaim/claimName").asText());
                } else if (volume.has("secret")) {
                    return secret(pod, volume.path("secret"), group);
                } else if (volume.has("emptyDir")) {
                    return of(group, pod, name);
                }
            }
        }
        throw new IllegalArgumentException("no such volume, or none that is understood here: " + name);
    }

    /** What is kept in a claim. */
    Path claim(String name) {
        return directory.resolve(Path.of("volumes", "claims", name));
    }

    private Path secret(String pod, JsonNode secret, String group) {
        String name = secret.path("secretName").asText();
        Path made = of(group, pod, "secret-" + name);
        secrets.get(name).forEach((key, value) -> {
            try {
                Path file = Files.write(made.resolve(key), value);
                own(file, group, Integer.toOctalString(secret.path("defaultMode").asInt(0644)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return made;
    }

    private Path of(String group, String... names) {
        try {
            Path made = Files.createDirectories(directory.resolve(Path.of("volumes", names)));
            own(made, group, "2775");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void own(Path file, String group, String mode) {
        Node.output(List.of("chown", "0:" + group, file.toString()), System.getenv());
        Node.output(List.of("chmod", mode, file.toString()), System.getenv());
    }
}
