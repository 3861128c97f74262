package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is worth showing of notes that nobody here has seen before. */
final class Pick {
    private static final int NOTES_MAX = 3_000;
    private static final int WORD_MIN_LETTERS = 5;

    private final Session session;
    private final List<Json> notes;

    Pick(Session session) {
        this.session = session;
        this.notes = session.call("node.list", "kind", "doc", "limit", NOTES_MAX)
                .json()
                .at("nodes")
                .list();
    }

    /** A word that several titles share, yet not so many that it says nothing. */
    Optional<String> word() {
        Map<String, Integer> counts = new HashMap<>();
        for (Json note : notes) {
            for (String word : new HashSet<>(words(note.at("title").text()))) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        int tooMany = Math.max(3, notes.size() / 10);
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() <= tooMany)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(5)
                .map(Map.Entry::getKey)
                .filter(word -> session.call("search", "query", word, "limit", 1)
                                .json()
                                .at("total")
                                .number()
                        > 0)
                .findFirst();
    }

    private static List<String> words(String title) {
        List<String> words = new ArrayList<>();
        for (String word : title.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            if (word.length() >= WORD_MIN_LETTERS) {
                words.add(word);
            }
        }
        return words;
    }

    /** The name of the note that most others link to. */
    Optional<String> mostLinked() {
        Json found = null;
        int most = 0;
        for (int from = 0; from < notes.size(); from += Session.TOGETHER) {
            List<Json> some = notes.subList(from, Math.min(notes.size(), from + Session.TOGETHER));
            List<Json> links = session.callAll(some.stream()
                    .map(note ->
                            Request.of("links.backlinks", "id", note.at("id").text()))
                    .toArray(Request[]::new));
            for (int i = 0; i < links.size(); i++) {
                int count = sources(links.get(i));
                if (count > most) {
                    most = count;
                    found = some.get(i);
                }
            }
        }
        return Optional.ofNullable(found).map(this::name);
    }

    private static int sources(Json backlinks) {
        var sources = new HashSet<String>();
        backlinks.list().forEach(link -> sources.add(link.at("src").text()));
        return sources.size();
    }

    /** Its title, unless another note has that as well. */
    private String name(Json note) {
        String title = note.at("title").text();
        Json resolved = session.call("node.resolve", "name", title).json().at("node");
        return resolved.at("id").equals(note.at("id")) ? title : ShortIds.alone(note);
    }
}
