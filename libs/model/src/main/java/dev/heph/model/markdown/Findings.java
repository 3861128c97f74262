package dev.heph.model.markdown;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the scans have found so far, in the order of the text. */
final class Findings {
    private final List<LinkRef> links = new ArrayList<>();
    private final List<InlineTag> tags = new ArrayList<>();
    private final List<Heading> headings = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<TaskItem> items = new ArrayList<>();

    void add(LinkRef link) {
        links.add(link);
    }

    void add(InlineTag tag) {
        tags.add(tag);
    }

    void add(Heading heading) {
        headings.add(heading);
    }

    void add(Block block) {
        blocks.add(block);
    }

    void add(TaskItem item) {
        items.add(item);
    }

    /** Sorted, because a link that stands around another is found after it. */
    Extraction with(FrontMatter frontMatter) {
        links.sort(Comparator.comparingInt(LinkRef::start));
        return new Extraction(links, tags, headings, blocks, items, frontMatter);
    }
}
