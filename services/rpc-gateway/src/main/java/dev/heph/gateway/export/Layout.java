package dev.heph.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which node goes into which file. A doc goes where it was imported from, beside that under its title if it was renamed
 * since, and everything else by its title into the folder of its kind. Two nodes never share a file, also not where case and Unicode form do not tell names apart: the one that
 * comes later, by id, gets the end of its id into its name.
 */
final class Layout {
    private static final Map<String, String> FOLDERS =
            Map.of("doc", "", "task", "tasks/", "project", "projects/", "tag", "tags/", "journal", "journal/");
    private static final int[] ID_LETTERS = {4, 8, 26};

    private final Map<String, String> pathById = new HashMap<>();
    /** The files by their folded names. */
    private final Map<String, String> files = new HashMap<>();

    private final Set<String> folders = new HashSet<>();

    /** Places docs that have a path of their own; they come before all others, so that nothing takes it, and those that were renamed come last of them. */
    void placeSourced(List<JsonNode> nodes) {
        Map<JsonNode, String> renamed = new LinkedHashMap<>();
        for (JsonNode node : nodes) {
            if (node.path("kind").asText().equals("doc")) {
                FileName.source(node.path("source").path("path").asText()).ifPresent(path -> {
                    if (isOf(path, node.path("title").asText())) {
                        place(node, path);
                    } else {
                        renamed.put(node, path);
                    }
                });
            }
        }
        renamed.forEach((node, path) -> place(node, folder(path) + FileName.stem(node.path("title").asText()) + ".md"));
    }

    /** Whether the note from this file has the title that an import gave it, or one of which no other file's name would come. */
    private static boolean isOf(String path, String title) {
        String stem = folded(path.substring(folder(path).length(), path.length() - ".md".length()).strip());
        return stem.equals(folded(title.strip())) || stem.equals(folded(FileName.stem(title)));
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The node's file, relative, with forward slashes. Places it now if it is not yet. */
    String path(JsonNode node) {
        String placed = pathById.get(node.path("id").asText());
        if (placed != null) {
            return placed;
        }
        String folder = FOLDERS.getOrDefault(node.path("kind").asText(), "other/");
        return place(node, folder + FileName.stem(node.path("title").asText()) + ".md");
    }

    /** The file that has that name already, on a file system that does not tell the two apart. */
    Optional<String> taken(String path) {
        return Optional.ofNullable(files.get(folded(path)));
    }

    /** The form in which two names are the same to some file system. */
    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private String place(JsonNode node, String wanted) {
        String id = node.path("id").asText();
        String path = wanted;
        for (int tried = 0; !take(path); tried++) {
            path = otherwise(node, wanted, tried);
        }
        pathById.put(id, path);
        return path;
    }

    /** Another name for a node whose wanted one is taken; sooner or later one that nobody else can have. */
    private static String otherwise(JsonNode node, String wanted, int tried) {
        String id = node.path("id").asText().toLowerCase(Locale.ROOT);
        if (tried < ID_LETTERS.length) {
            String end = id.substring(Math.max(0, id.length() - ID_LETTERS[tried]));
            return wanted.substring(0, wanted.length() - ".md".length()) + " (" + end + ").md";
        }
        // a file stands where the wanted path has a folder
        return FileName.stem(node.path("title").asText()) + " (" + id + " " + tried + ").md";
    }

    private boolean take(String path) {
        String name = folded(path);
        if (files.containsKey(name) || folders.contains(name)) {
            return false;
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (files.containsKey(name.substring(0, slash))) {
                return false;
            }
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            folders.add(name.substring(0, slash));
        }
        files.put(name, path);
        return true;
    }
}
