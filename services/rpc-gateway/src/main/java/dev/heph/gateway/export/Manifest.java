package dev.heph.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import dev.heph.settings.Version;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an export wrote, in {@value #FILE} beside it: what files cannot say of the nodes, and the mark by which a
 * directory is known as an export.
 */
final class Manifest {
    static final String FILE = ".heph-export.json";

    /** From 2 on it tells all that is known of a node but its body. */
    static final int FORMAT = 2;

    private static final List<String> MEMBERS =
            List.of("id", "kind", "title", "context", "aliases", "source", "fields", "log", "links", "occurrences");

    private final ArrayNode nodes = Json.MAPPER.createArrayNode();
    private final Set<String> paths = new HashSet<>();

    void add(String path, JsonNode node, byte[] content) {
        ObjectNode entry = nodes.addObject().put("path", path);
        add(entry, node);
        entry.put("sha256", sha256(content));
        paths.add(path);
    }

    /** One without a file. */
    void add(JsonNode node) {
        add(nodes.addObject(), node);
    }

    private static void add(ObjectNode entry, JsonNode node) {
        for (String member : MEMBERS) {
            if (node.has(member)) {
                entry.set(member, node.get(member));
            }
        }
    }

    boolean lists(String path) {
        return paths.contains(path);
    }

    byte[] toBytes() {
        ObjectNode manifest = Json.object().put("format", FORMAT).put("heph", Version.CURRENT);
        manifest.set("nodes", nodes);
        return Json.bytes(manifest);
    }

    /** What marks a directory as an export before all of it is there. */
    static byte[] unfinished() {
        ObjectNode manifest = Json.object().put("format", FORMAT).put("heph", Version.CURRENT).put("unfinished", true);
        manifest.putArray("nodes");
        return Json.bytes(manifest);
    }

    /**
     * The files that an earlier export wrote, with the hash of what it wrote; empty if its manifest cannot be read any
     * more.
     */
    static Map<String, String> files(byte[] manifest) {
        Map<String, String> files = new LinkedHashMap<>();
        try {
            for (JsonNode entry : Json.MAPPER.readTree(manifest).path("nodes")) {
                if (entry.has("path")) {
                    files.put(entry.path("path").asText(), entry.path("sha256").asText());
                }
            }
            return files;
        } catch (IOException damaged) {
            return Map.of();
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
