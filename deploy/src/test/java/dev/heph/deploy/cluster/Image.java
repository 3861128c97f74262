package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.deploy.image.Tar;
import dev.heph.deploy.k3s.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image's files, unpacked, and what it says of itself.
 *
 * @param entrypoint what is run unless a manifest says otherwise
 * @param environment what it sets
 * @param directory where a command is started
 */
record Image(Path root, List<String> entrypoint, Map<String, String> environment, String directory) {
    /** @param to a directory for it alone, which may hold what an earlier one was */
    static Image unpacked(Path tar, Path to) throws IOException {
        if (Files.exists(to)) {
            Node.output(List.of("rm", "-rf", "--one-file-system", to.toString()), System.getenv());
        }
        Tar image = Tar.of(tar, to.resolve("tar"));
        JsonNode config = image.config().path("config");
        Path root = image.unpack(to.resolve("root"));
        for (String made : List.of("proc", "dev", "etc")) { // a runtime makes these, as it does where volumes go
            Files.createDirectories(root.resolve(made));
        }
        Files.writeString(root.resolve("etc/hosts"), "");
        var environment = new TreeMap<String, String>();
        Manifests.each(config.path("Env")).map(JsonNode::asText).forEach(variable ->
                environment.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1)));
        return new Image(root, Manifests.each(config.path("Entrypoint")).map(JsonNode::asText).toList(), environment,
                config.path("WorkingDir").asText("/"));
    }
}
