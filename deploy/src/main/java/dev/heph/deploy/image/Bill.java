package dev.heph.deploy.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** What is in an image, by name, version and hash: CycloneDX 1.6. It has no time and no random id, so the same image has the same one. */
final class Bill {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Bill() {}

    static byte[] of(Shipped image, String version, Collection<Jar> jars, JavaRuntime java, CLibrary library) throws IOException {
        ObjectNode bill = MAPPER.createObjectNode().put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        bill.putObject("metadata").putObject("component").put("type", "container").put("name", image.image()).put("version", version);
        ArrayNode components = bill.putArray("components");
        for (Jar jar : jars) {
            ObjectNode component = components.addObject().put("type", "library").put("group", jar.group()).put("name", jar.artifact())
                    .put("version", jar.version());
            component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256(Files.readAllBytes(jar.file())));
            component.put("purl", "pkg:maven/" + jar.group() + "/" + jar.artifact() + "@" + jar.version() + "?type=jar");
        }
        components.addObject().put("type", "platform").put("publisher", java.vendor()).put("name", "OpenJDK").put("version",
                java.version());
        components.addObject().put("type", "library").put("name", "glibc").put("version", library.version());
        return MAPPER.writeValueAsBytes(bill);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
