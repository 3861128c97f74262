package dev.heph.deploy.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Kustomize makes of a directory, as far as ours go: resources, a namespace, and patches that add to maps or replace what is in them.
 * Where there is
 * a kubectl {@link RenderedTest} holds it to that.
 */
public final class Manifests {
    static final Path DIRECTORY = Path.of("k3s");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final List<ObjectNode> all;

    private Manifests(List<ObjectNode> all) {
        this.all = all;
    }

    public static Manifests of(String directory) {
        return new Manifests(rendered(DIRECTORY.resolve(directory).normalize()));
    }

    /** One of a file that is applied by itself. */
    public static ObjectNode of(Path file) {
        return read(DIRECTORY.resolve(file)).getFirst();
    }

    private static List<ObjectNode> rendered(Path directory) {
        JsonNode how = read(directory.resolve("kustomization.yaml")).getFirst();
        var all = new ArrayList<ObjectNode>();
        for (JsonNode name : how.path("resources")) {
            Path resource = directory.resolve(name.asText()).normalize();
            all.addAll(Files.isDirectory(resource) ? rendered(resource) : read(resource));
        }
        for (JsonNode patch : how.path("patches")) {
            for (ObjectNode change : read(directory.resolve(patch.path("path").asText()))) {
                merge(all.stream().filter(each -> name(each).equals(name(change))).findFirst().orElseThrow(), change);
            }
        }
        all.stream().filter(each -> !each.path("kind").asText().equals("Namespace"))
                .forEach(each -> ((ObjectNode) each.path("metadata")).put("namespace", how.path("namespace").asText()));
        return all;
    }

    private static void merge(ObjectNode into, ObjectNode change) {
        change.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode deeper && into.get(field.getKey()) instanceof ObjectNode there) {
                merge(there, deeper);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** The documents of a file. */
    static List<ObjectNode> read(Path file) {
        try (var values = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(file.toFile())) {
            return values.readAll();
        } catch (IOException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    static List<ObjectNode> parse(String yaml) throws IOException {
        try (var values = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
            return values.readAll();
        }
    }

    List<ObjectNode> all() {
        return all;
    }

    List<ObjectNode> of(List<String> kinds) {
        return all.stream().filter(each -> kinds.contains(each.path("kind").asText())).toList();
    }

    public List<ObjectNode> ofKind(String kind) {
        return of(List.of(kind));
    }

    public Optional<ObjectNode> named(String kind, String name) {
        return ofKind(kind).stream().filter(each -> each.at("/metadata/name").asText().equals(name)).findFirst();
    }

    /** {@code Kind/name}. */
    static String name(JsonNode manifest) {
        return manifest.path("kind").asText() + "/" + manifest.at("/metadata/name").asText();
    }

    /** The pods that these make, as templates. */
    List<Pod> pods() {
        return all.stream().flatMap(each -> Stream.of("/spec/template", "/spec/jobTemplate/spec/template")
                .map(each::at).filter(JsonNode::isObject).map(template -> new Pod(name(each), template))).toList();
    }

    public static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A pod's template. @param owner what makes it, as {@code Kind/name} */
    record Pod(String owner, JsonNode template) {
        JsonNode labels() {
            return template.at("/metadata/labels");
        }

        JsonNode spec() {
            return template.path("spec");
        }

        /** Those that go on beside the others too. */
        List<JsonNode> containers() {
            return Stream.concat(each(spec().path("containers")), each(spec().path("initContainers"))).toList();
        }

        boolean ours() {
            return labels().path("app.kubernetes.io/part-of").asText().equals("heph");
        }

        boolean matches(JsonNode selector) {
            return selector.properties().stream().allMatch(label -> label.getValue().equals(labels().path(label.getKey())));
        }

        /** The port of that name or number in one of its containers. */
        Optional<Integer> port(JsonNode wanted) {
            return containers().stream().flatMap(container -> each(container.path("ports")))
                    .filter(port -> port.path("name").equals(wanted) || port.path("containerPort").equals(wanted))
                    .map(port -> port.path("containerPort").asInt()).findFirst();
        }

        @Override
        public String toString() {
            return owner;
        }
    }
}
