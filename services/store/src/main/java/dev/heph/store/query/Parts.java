package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.NameFold;
import dev.heph.model.markdown.Block;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.Heading;
import dev.heph.model.markdown.Part;
import dev.heph.settings.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a node's body to which the anchor of a link leads. */
final class Parts {
    private Parts() {}

    /**
     * The node with {@code part} in place of its body.
     *
     * @throws HephException not-found, with the nearest heading or block there is
     */
    static ObjectNode only(String anchor, ObjectNode node) {
        String body = node.path("body").asText();
        Part part = Part.of(body, anchor).orElseThrow(() -> none(anchor, node.path("title").asText(), body));
        String text = body.substring(part.start(), part.end());
        long before = body.substring(0, part.start()).lines().count();
        node.remove("body");
        node.putObject("part").put("text", text).put("first_line", before + 1).put("last_line", before + text.lines().count());
        return node;
    }

    private static HephException none(String anchor, String title, String body) {
        boolean block = Part.isBlock(anchor);
        Extraction extraction = Extraction.of(body);
        List<String> names = block
                ? extraction.blocks().stream().map(Block::id).map("^"::concat).toList()
                : extraction.headings().stream().map(Heading::text).filter(text -> !text.isEmpty()).toList();
        String what = block ? "block" : "heading";
        String near = names.isEmpty() ? " It has no " + what + "s." : nearest(anchor, names);
        return new HephException(Reason.NOT_FOUND, "no " + what + " '" + anchor + "' in '" + title + "'." + near);
    }

    private static String nearest(String anchor, List<String> names) {
        Map<String, String> byFolded = new LinkedHashMap<>();
        names.forEach(name -> byFolded.putIfAbsent(NameFold.fold(name), name));
        String wanted = NameFold.fold(anchor.substring(anchor.lastIndexOf('#') + 1));
        return Nearest.to(wanted, byFolded.keySet())
                .map(near -> " Did you mean '" + byFolded.get(near).lines().findFirst().orElse("") + "'?")
                .orElse("");
    }
}
