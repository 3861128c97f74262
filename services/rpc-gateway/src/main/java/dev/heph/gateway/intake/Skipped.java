package dev.heph.gateway.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Something that was there and was not taken in, or not as it was meant.
 *
 * @param path a file's in its folder, with forward slashes; or where it stands in a file
 * @param reason for a person
 */
public record Skipped(String path, String reason) {

    /** Writes them as a member of an import's result. */
    public static void write(String member, List<Skipped> all, ObjectNode result) {
        ArrayNode list = result.putArray(member);
        all.forEach(one -> list.addObject().put("path", one.path()).put("reason", one.reason()));
    }
}
