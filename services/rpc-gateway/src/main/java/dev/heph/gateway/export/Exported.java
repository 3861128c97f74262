package dev.heph.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an export's manifest tells of its nodes, for bringing them back. */
public final class Exported {
    private static final String FENCE = "---\n";
    private static final String HEADER = FENCE + "heph: ";

    private Exported() {}

    /**
     * A node that was exported.
     *
     * @param path its file, relative, with forward slashes; empty if it has none, and no body
     * @param sha256 of the file as it was written
     * @param said all that is known of it but its body
     */
    public record Node(Optional<String> path, String sha256, ObjectNode said) {

        public String id() {
            return said.path("id").asText();
        }

        private boolean contextOfTask() {
            return said.path("context").asBoolean();
        }

        private boolean doc() {
            return said.path("kind").asText().equals("doc");
        }

        /** The body in the text of its file. */
        public String body(String text) {
            if (doc() || !text.startsWith(HEADER)) {
                return text;
            }
            int end = text.indexOf("\n" + FENCE); // no value in the header has a line break
            return end < 0 ? text : text.substring(end + 1 + FENCE.length());
        }

        /** Whether the file was changed where that goes unseen: in the front matter, which only repeats what the manifest says. */
        public boolean mayMislead(String text) {
            return !doc() && !Manifest.sha256(text.getBytes(StandardCharsets.UTF_8)).equals(sha256);
        }
    }

    /**
     * The nodes of the export that lies in a folder, in the order of their ids, but the contexts of tasks after all others, for
     * without its task one is another thing; none if it is no export, or one of a format that did not tell enough.
     *
     * @throws HephException {@link Reason#CONFLICT} if its manifest is damaged, or it broke off
     */
    public static List<Node> in(Path folder) {
        Path file = folder.resolve(Manifest.FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        JsonNode manifest;
        try {
            manifest = Json.MAPPER.readTree(Files.readAllBytes(file));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new HephException(Reason.CONFLICT, file + " is damaged: export again, or remove it to take the files in as notes", e);
        } catch (IOException e) {
            throw new HephException(Reason.CONFLICT, file + " cannot be read: " + IoReason.of(e), e);
        }
        if (manifest.path("unfinished").asBoolean()) {
            throw new HephException(Reason.CONFLICT, folder + " is an export that broke off: export to it again, then import it");
        }
        return manifest.path("format").asInt() < Manifest.FORMAT ? List.of() : nodes(manifest.path("nodes"));
    }

    /** Whether a file is what an export says of itself. */
    public static boolean isManifest(Path file) {
        return file.endsWith(Manifest.FILE);
    }

    private static List<Node> nodes(JsonNode entries) {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode said) {
                nodes.add(new Node(Optional.ofNullable(said.path("path").textValue()), said.path("sha256").asText(), said.without(List.of("sha256"))));
            }
        }
        nodes.sort(Comparator.comparing(Node::contextOfTask));
        return nodes;
    }
}
