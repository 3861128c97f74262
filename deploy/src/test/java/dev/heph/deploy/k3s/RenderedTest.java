package dev.heph.deploy.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every manifest is what Kubernetes takes: no field that it does not know, no value of another type. */
class RenderedTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    /** Kinds that come with other programs; their fields are for them to know. */
    private static final List<String> OF_OTHERS = List.of(
            "external-secrets.io/v1", "argoproj.io/v1alpha1", "monitoring.coreos.com/v1", "helm.cattle.io/v1");

    @ParameterizedTest
    @ValueSource(strings = {"overlays/sqlite", "overlays/dev"})
    void everyFieldIsKnown(String overlay) throws Exception {
        for (ObjectNode manifest : Manifests.of(overlay).all()) {
            assertThat(unknown(manifest)).as(Manifests.name(manifest)).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsNoticed() throws Exception {
        ObjectNode wrong = Manifests.of("overlays/sqlite").named("StatefulSet", "heph-store").orElseThrow().deepCopy();
        ((ObjectNode) wrong.path("spec")).put("replicaz", 1);
        ((ObjectNode) wrong.at("/spec/template/spec")).put("enableServiceLink", false);

        assertThat(unknown(wrong)).containsExactlyInAnyOrder("replicaz", "enableServiceLink");
    }

    @Test
    void nothingElseLiesThere() throws Exception {
        try (Stream<Path> files = Files.walk(Manifests.DIRECTORY)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml") && !each.endsWith("kustomization.yaml")).toList()) {
                for (ObjectNode manifest : Manifests.read(file)) {
                    String version = manifest.path("apiVersion").asText();
                    if (!OF_OTHERS.contains(version)) {
                        assertThat(unknown(manifest)).as(file + " " + Manifests.name(manifest)).isEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/sqlite", "overlays/dev", "monitoring"})
    void kubectlMakesTheSameOfThem(String directory) throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))),
                "there is no kubectl here to compare with");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", Manifests.DIRECTORY.resolve(directory).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).isZero();

        assertThat(Manifests.of(directory).all()).containsExactlyInAnyOrderElementsOf(Manifests.parse(rendered));
    }

    private static List<String> unknown(JsonNode manifest) throws Exception {
        var unknown = new ArrayList<String>();
        Object read = KUBERNETES.unmarshal(manifest.toString());
        assertThat(read.getClass().getSimpleName()).as("a kind of Kubernetes").isEqualTo(manifest.path("kind").asText());
        collect(read, unknown);
        return unknown;
    }

    /** What the model has no field for it keeps as additional properties, wherever in the tree that is. */
    private static void collect(Object value, List<String> unknown) throws Exception {
        switch (value) {
            case null -> { }
            case Iterable<?> list -> {
                for (Object each : list) {
                    collect(each, unknown);
                }
            }
            case Object object when object.getClass().getName().startsWith("io.fabric8.kubernetes.api.model.") -> collectOf(object,
                    unknown);
            default -> { }
        }
    }

    private static void collectOf(Object object, List<String> unknown) throws Exception {
        for (var method : object.getClass().getMethods()) {
            if (method.getParameterCount() > 0 || !method.getName().startsWith("get") || method.getDeclaringClass() == Object.class) {
                continue;
            }
            try {
                Object value = method.invoke(object);
                if (method.getName().equals("getAdditionalProperties")) {
                    unknown.addAll(((Map<?, ?>) value).keySet().stream().map(Object::toString).toList());
                } else {
                    collect(value, unknown);
                }
            } catch (InvocationTargetException notAField) {
                assertThat(method.getName()).isNotEqualTo("getAdditionalProperties");
            }
        }
    }
}
