package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.markdown.Block;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.LinkRef;
import dev.heph.runtime.Json;
import dev.heph.store.log.Space;
import dev.heph.store.view.Destinations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What heph reads in a text and where it stands there, so that no editor has to read markdown as well. */
public final class Texts {
    private final Db db;
    private final Space space;
    private final Nodes nodes;

    public Texts(Db db, Space space, Nodes nodes) {
        this.db = db;
        this.space = space;
        this.nodes = nodes;
    }

    /**
     * {@code {links, tags, headings, blocks, items}}, each in the order of the text.
     *
     * @param id whose text it is
     * @param body the text, if it is not the one that is saved
     */
    public ObjectNode read(Id id, Optional<String> body) {
        String text = body.orElseGet(() -> nodes.get(id).path("body").asText());
        Extraction extraction = Extraction.of(text);
        Lines lines = new Lines(text);
        Destinations destinations = db.read(tx -> new Destinations(tx, space, id));
        ObjectNode answer = Json.object();
        ArrayNode links = answer.putArray("links");
        extraction.links().forEach(link -> links.add(link(id, text, lines, link, destinations)));
        ArrayNode tags = answer.putArray("tags");
        extraction.inlineTags().forEach(tag -> tags.addObject().put("tag", tag.name()).set("range", lines.range(tag.start(), tag.end())));
        ArrayNode headings = answer.putArray("headings");
        extraction.headings().forEach(heading -> headings.addObject()
                .put("level", heading.level())
                .put("text", heading.text())
                .set("range", lines.range(heading.start(), heading.end())));
        ArrayNode blocks = answer.putArray("blocks");
        extraction.blocks().forEach(block -> blocks.addObject()
                .put("id", block.id())
                .put("text", firstLine(text, lines, block))
                .set("range", lines.range(block.start(), block.end())));
        ArrayNode items = answer.putArray("items");
        extraction.items().forEach(item -> items.addObject()
                .put("mark", item.mark())
                .put("text", item.text())
                .set("range", lines.range(item.markAt() - 1, lines.endOfLine(item.markAt()))));
        if (body.isEmpty()) {
            identify(id, items);
        }
        return answer;
    }

    /** What people know a block by: its first line, without its id. */
    private static String firstLine(String text, Lines lines, Block block) {
        String line = text.substring(block.start(), Math.min(block.end(), lines.endOfLine(block.start()))).strip();
        String id = "^" + block.id();
        return line.endsWith(id) ? line.substring(0, line.length() - id.length()).strip() : line;
    }

    /** Checkboxes of a saved text have ids; one that was promoted has that of its task. */
    private void identify(Id id, ArrayNode items) {
        db.all("SELECT b.ordinal, b.id, EXISTS (SELECT 1 FROM nodes n WHERE n.space = b.space AND n.id = b.id AND n.tombstoned = 0)"
                        + " FROM boxes b WHERE b.space = ? AND b.entity = ?",
                row -> ((ObjectNode) items.get((int) row.number(1))).put("id", Id.of(row.bytes(2)).toString()).put("promoted", row.yes(3)),
                space.num(), id.bytes());
    }

    private ObjectNode link(Id id, String text, Lines lines, LinkRef link, Destinations destinations) {
        List<Id> meant = link.target().isEmpty() ? List.of(id) : destinations.of(link);
        ObjectNode json = Json.object()
                .put("type", link.kind().name().toLowerCase(Locale.ROOT))
                .put("target", link.target())
                .put("dst", meant.isEmpty() ? null : meant.getFirst().toString());
        json.set("range", lines.range(link.start(), link.end()));
        int target = text.indexOf(link.target(), link.start());
        if (target >= 0 && target + link.target().length() <= link.end()) { // a path that is percent-encoded stands there otherwise
            json.set("target_range", lines.range(target, target + link.target().length()));
        }
        if (!link.anchor().isEmpty()) {
            json.put("anchor", link.anchor());
        }
        if (meant.isEmpty() && Missing.isFile(link.target())) {
            json.put("file", true);
        }
        if (!meant.isEmpty()) {
            json.put("title", nodes.title(meant.getFirst()));
        }
        if (meant.size() > 1) {
            ArrayNode others = json.putArray("others");
            meant.stream().skip(1).map(Id::toString).forEach(others::add);
        }
        return json;
    }
}
