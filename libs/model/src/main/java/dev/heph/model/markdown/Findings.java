package dev.heph.model.markdown;

import dev.heph.model.id.NameFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the scans have found so far, in the order of the text. */
final class Findings {
    private final List<LinkRef> links = new ArrayList<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final List<Heading> headings = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<TaskItem> items = new ArrayList<>();

    void add(LinkRef link) {
        links.add(link);
    }

    void addTag(String tag) {
        tags.putIfAbsent(NameFold.fold(tag), tag);
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
        return new Extraction(links, List.copyOf(tags.values()), headings, blocks, items, frontMatter);
    }
}
