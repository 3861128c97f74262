package dev.heph.model.markdown;

import dev.heph.model.id.NameFold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything derived from one markdown body. The rules by name are in docs/design/markdown.md.
 *
 * @param links    in the order of the text, front matter first; never from code, comments or URLs
 * @param inlineTags in order, each place; front matter's tags are beside them
 * @param headings ATX and setext, in order
 * @param blocks   those that carry an id to link to, in order
 * @param items    GFM checkboxes, in order
 */
public record Extraction(
        List<LinkRef> links, List<InlineTag> inlineTags, List<Heading> headings, List<Block> blocks, List<TaskItem> items, FrontMatter frontMatter) {
    private static final Extraction NOTHING =
            new Extraction(List.of(), List.of(), List.of(), List.of(), List.of(), FrontMatter.NONE);

    public Extraction {
        links = List.copyOf(links);
        inlineTags = List.copyOf(inlineTags);
        headings = List.copyOf(headings);
        blocks = List.copyOf(blocks);
        items = List.copyOf(items);
    }

    /** Reads {@code body}; never fails, whatever the text, and takes time and memory in proportion to its length. */
    public static Extraction of(String body) {
        FrontMatter frontMatter = FrontMatterReader.read(body);
        boolean plain = !Signs.mayHoldAnything(body, frontMatter.end());
        if (plain && frontMatter.end() == 0) {
            return NOTHING;
        }
        Findings findings = new Findings();
        FrontMatterReader.links(body, frontMatter.end(), findings);
        if (!plain) {
            new BlockScan(body, frontMatter.end(), findings).run();
        }
        return findings.with(frontMatter);
    }

    /** Inline tags without the {@code #}, each (folded) name once, as first written. */
    public List<String> tags() {
        Map<String, String> byName = new LinkedHashMap<>();
        inlineTags.forEach(tag -> byName.putIfAbsent(NameFold.fold(tag.name()), tag.name()));
        return List.copyOf(byName.values());
    }

    /** Tags of the front matter and of the text, each (folded) name once, as first written. */
    public List<String> allTags() {
        Map<String, String> byName = new LinkedHashMap<>();
        frontMatter.tags().forEach(tag -> byName.putIfAbsent(NameFold.fold(tag), tag));
        tags().forEach(tag -> byName.putIfAbsent(NameFold.fold(tag), tag));
        return List.copyOf(byName.values());
    }
}
