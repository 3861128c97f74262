package dev.heph.deploy.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** An image as it lies in a tar file, unpacked by this machine's tar. */
public final class Tar {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final JsonNode manifest;

    private Tar(Path directory, JsonNode manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    public static Tar of(Path file, Path directory) throws IOException {
        Files.createDirectories(directory);
        Command.output(List.of("tar", "-xf", file.toString(), "-C", directory.toString()));
        JsonNode index = JSON.readTree(directory.resolve("index.json").toFile());
        return new Tar(directory, JSON.readTree(blob(directory, index.at("/manifests/0/digest").asText()).toFile()));
    }

    public JsonNode config() throws IOException {
        return JSON.readTree(blob(directory, manifest.at("/config/digest").asText()).toFile());
    }

    List<Path> layers() {
        return StreamSupport.stream(manifest.path("layers").spliterator(), false).map(layer -> blob(directory, layer.path("digest")
                .asText())).toList();
    }

    /** Its files, as a container has them; who they belong to only where we may say so. */
    public Path unpack(Path root) throws IOException {
        Files.createDirectories(root);
        for (Path layer : layers()) {
            Command.output(List.of("tar", "-xpf", layer.toString(), "-C", root.toString()));
        }
        return root;
    }

    private static Path blob(Path directory, String digest) {
        return directory.resolve("blobs").resolve(digest.replace(':', '/'));
    }
}
