package dev.heph.model.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The properties of front matter that mean something to heph. Read from the parser's events, which neither build
 * objects nor recurse, so that no nesting and no alias can hurt. Where the whole is broken, each top-level entry is
 * read by itself: one bad line costs its own entry and not the tags beside it.
 */
final class Properties {
    private static final LoadSettings SETTINGS = LoadSettings.builder().setLabel("front matter").build();
    /** The parser takes milliseconds for every few levels more. */
    private static final int DEEPEST = 32;
    private static final Pattern ENTRY = Pattern.compile("(?m)^(?=[^\\s#\\-\\]}])");
    private static final Set<String> NOTHING = Set.of("", "~", "null");

    private final List<String> tags = new ArrayList<>();
    private final List<String> aliases = new ArrayList<>();
    private Optional<String> title = Optional.empty();
    private boolean mapping = true;

    private Properties() {}

    /** @param end offset in the body at which the front matter ends */
    static FrontMatter of(String yaml, int end) {
        try {
            Properties whole = read(yaml);
            return whole.frontMatter(end, whole.mapping ? "" : "the front matter is no list of 'name: value' lines");
        } catch (YamlEngineException e) {
            Properties rest = new Properties();
            ENTRY.splitAsStream(yaml).forEach(rest::addEntry);
            return rest.frontMatter(end, "the front matter is not valid YAML: " + reason(e));
        }
    }

    private FrontMatter frontMatter(int end, String problem) {
        Optional<String> told = problem.isEmpty() ? Optional.empty() : Optional.of(problem);
        return new FrontMatter(end, distinct(tags), distinct(aliases), title, told);
    }

    private static List<String> distinct(List<String> values) {
        return values.stream().distinct().toList();
    }

    private void addEntry(String text) {
        try {
            Properties entry = read(text);
            tags.addAll(entry.tags);
            aliases.addAll(entry.aliases);
            title = entry.title.or(() -> title);
        } catch (YamlEngineException e) {
            // This is a broken one; the first of them is what the problem names.
        }
    }

    /** The line counts from the top of the note, where the opening fence is line 1. */
    private static String reason(YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
            return "line %d, %s".formatted(marked.getProblemMark().get().getLine() + 2, marked.getProblem());
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }

    private static Properties read(String yaml) {
        Properties properties = new Properties();
        int depth = 0;
        boolean keyNext = true;
        boolean list = false;
        String key = "";
        for (Event event : new Parse(SETTINGS).parseString(yaml)) {
            if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof NodeEvent node) {
                String scalar = node instanceof ScalarEvent value ? value.getValue() : "";
                if (depth == 0) {
                    boolean empty = node instanceof ScalarEvent && scalar.isBlank();
                    properties.mapping &= empty || node instanceof MappingStartEvent;
                } else if (depth == 1 && keyNext) {
                    key = scalar.toLowerCase(Locale.ROOT);
                    keyNext = false;
                    list = false;
                } else if (depth == 1) {
                    properties.take(key, scalar, false);
                    keyNext = true;
                    list = node instanceof SequenceStartEvent;
                } else if (depth == 2 && list) {
                    properties.take(key, scalar, true);
                }
                depth = node instanceof CollectionStartEvent ? deeper(depth) : depth;
            }
        }
        return properties;
    }

    private static int deeper(int depth) {
        if (depth == DEEPEST) {
            throw new YamlEngineException("nested deeper than " + DEEPEST + " levels");
        }
        return depth + 1;
    }

    private void take(String key, String value, boolean inList) {
        if (NOTHING.contains(value.strip())) {
            return;
        }
        switch (key) {
            case "tags", "tag" -> split(value, inList ? "," : "[,\\s]+").map(Properties::unhashed).forEach(tags::add);
            case "aliases", "alias" -> split(value, inList ? "\n" : ",").forEach(aliases::add);
            case "title" -> title = inList ? title : Optional.of(value.strip());
            default -> {}
        }
    }

    private static Stream<String> split(String value, String separator) {
        return Pattern.compile(separator).splitAsStream(value).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static String unhashed(String tag) {
        return tag.startsWith("#") ? tag.substring(1) : tag;
    }
}
