package dev.heph.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What stands in a folder of notes, read with regular expressions and a map of names: slow, plain, and not heph's way. */
final class CountedVault {
    private static final Pattern FRONT = Pattern.compile("(?s)\\A---\n(.*?\n)---\n");
    private static final Pattern FENCED = Pattern.compile(
            "(?sm)^[ \\t>]*(?:(?:[-*+]|\\d+\\.)[ \\t]+)?(`{3,}|~{3,})[^`\n]*$.*?(?:^[ \\t>]*\\1[`~]*[ \\t]*$|\\z)");
    private static final Pattern HIDDEN = Pattern.compile("(?s)<!--.*?-->|\\\\[\\[\\]`#]|(?<!`)(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\\1(?!`)");
    private static final Pattern LINK = Pattern.compile("\\[\\[([^\\[\\]\n]+)]]|]\\((?![a-z]+:)([^)\\s]*\\.md)(?:#[^)\\s]*)?\\)");
    private static final String OF_TAG = "[\\p{L}\\p{M}\\p{N}\\p{So}_/-]*";
    private static final Pattern TAG = Pattern.compile("(?<!\\S)#(" + OF_TAG + "[\\p{L}\\p{So}]" + OF_TAG + ")");

    private final SortedMap<String, String> bodies;
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<String>> byAlias = new HashMap<>();
    private final Map<String, List<String>> links = new HashMap<>();
    private final Map<String, List<String>> backlinks = new HashMap<>();
    private final SortedMap<String, Integer> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private CountedVault(SortedMap<String, String> bodies) {
        this.bodies = bodies;
        bodies.forEach((path, body) -> {
            byName.computeIfAbsent(folded(stem(path)), name -> new ArrayList<>()).add(path);
            values(body, "alias", "aliases", "title").forEach(
                    alias -> byAlias.computeIfAbsent(folded(alias), name -> new ArrayList<>()).add(path));
        });
        bodies.forEach(this::read);
    }

    static CountedVault of(Path folder) throws IOException {
        SortedMap<String, String> bodies = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(file -> file.toString().endsWith(".md"))::iterator) {
                String path = folder.relativize(file).toString();
                if (!path.startsWith(".") && !path.contains("/.")) {
                    bodies.put(path, Files.readString(file));
                }
            }
        }
        return new CountedVault(bodies);
    }

    SortedMap<String, String> bodies() {
        return bodies;
    }

    List<String> links(String path) {
        return links.getOrDefault(path, List.of());
    }

    List<String> backlinks(String path) {
        return backlinks.getOrDefault(path, List.of()).stream().sorted().toList();
    }

    SortedMap<String, Integer> tags() {
        return tags;
    }

    int links() {
        return links.values().stream().mapToInt(List::size).sum();
    }

    int resolved() {
        return backlinks.values().stream().mapToInt(List::size).sum();
    }

    static String stem(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".md".length());
    }

    private void read(String path, String body) {
        Matcher front = FRONT.matcher(body);
        String head = front.find() ? front.group() : "";
        String text = HIDDEN.matcher(FENCED.matcher(body.substring(head.length())).replaceAll("")).replaceAll("·");
        LINK.matcher(head + text).results().forEach(link -> link(path, link));
        TreeSet<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        own.addAll(values(body, "tag", "tags"));
        TAG.matcher(LINK.matcher(text).replaceAll("·")).results().map(tag -> tag.group(1).replaceAll("/+$", "")).forEach(own::add);
        own.forEach(tag -> tags.merge(tag, 1, Integer::sum));
    }

    private void link(String path, MatchResult link) {
        String target = link.group(1) == null ? decoded(link.group(2)) : link.group(1).split("\\\\?\\|", 2)[0].split("#", 2)[0].strip();
        if (target.isEmpty()) {
            return; // a heading of the note itself
        }
        Optional<String> to = link.group(1) == null ? relative(path, target) : named(path, target);
        links.computeIfAbsent(path, any -> new ArrayList<>()).add(to.orElse("?" + target));
        to.ifPresent(found -> backlinks.computeIfAbsent(found, any -> new ArrayList<>()).add(path));
    }

    private Optional<String> relative(String path, String target) {
        String to = Path.of("/" + path).resolveSibling(target).normalize().toString().substring(1);
        return bodies.keySet().stream().filter(one -> folded(one).equals(folded(to))).findFirst();
    }

    private Optional<String> named(String path, String target) {
        String name = target.replaceFirst("(?i)\\.md$", "").replaceFirst("^/", "");
        String last = folded(name.substring(name.lastIndexOf('/') + 1));
        return Stream.of(byName, byAlias)
                .map(names -> names.getOrDefault(last, List.of()))
                .map(paths -> paths.stream()
                        .filter(one -> name.indexOf('/') < 0 || ("/" + folded(one)).endsWith("/" + folded(name) + ".md"))
                        .min(Comparator.comparing((String one) -> !folder(one).equals(folder(path)))
                                .thenComparing(Comparator.naturalOrder())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String decoded(String target) {
        return java.net.URLDecoder.decode(target.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    }

    /** The texts under any of these keys of the front matter; each entry is read by itself, for others may be broken. */
    private static List<String> values(String body, String... keys) {
        Matcher front = FRONT.matcher(body);
        String head = front.find() ? front.group(1) : "";
        List<String> values = new ArrayList<>();
        for (String key : keys) {
            Matcher entry = Pattern.compile("(?m)^" + key + ":.*\n(?:(?:[ \t]+|-).*\n)*").matcher(head);
            Object value = entry.find() && new Load(LoadSettings.builder().build()).loadFromString(entry.group()) instanceof Map<?, ?> read
                    ? read.get(key) : null;
            Stream<?> all = value instanceof Collection<?> list ? list.stream()
                    : value instanceof String text ? Stream.of(text.split(",")) : Stream.of();
            all.filter(String.class::isInstance).map(one -> one.toString().strip().replaceFirst("^#", ""))
                    .filter(one -> !one.isEmpty()).forEach(values::add);
        }
        return values;
    }
}
