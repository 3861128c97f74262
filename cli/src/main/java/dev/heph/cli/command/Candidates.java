package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words that fit what was typed so far, each with what it is. */
final class Candidates {
    private static final int LISTED_MAX = 200;
    private static final int FOUND_MAX = 20;

    private final String before;
    private final String word;
    private final boolean titles;
    private final Session session;
    private final Map<String, String> found = new LinkedHashMap<>();

    /**
     * @param before what stands in the same word of the shell, and stays there
     * @param titles whether what is found by its title is named by it
     */
    Candidates(String before, String word, boolean titles, Session session) {
        this.before = before;
        this.word = word;
        this.titles = titles;
        this.session = session;
    }

    String word() {
        return word;
    }

    /** Unless it does not begin as the word does; case makes no difference. */
    void add(String candidate, String what) {
        add(candidate, candidate, what);
    }

    private void add(String beginning, String candidate, String what) {
        if (beginning.regionMatches(true, 0, word, 0, word.length())) {
            found.putIfAbsent(candidate, what);
        }
    }

    /** @param mark what stands before the name */
    void projects(String mark) {
        for (Json project : session.call("project.list").json().list()) {
            String name = project.at("title").text();
            boolean quoted = !mark.isEmpty() && name.indexOf(' ') >= 0;
            add(mark + name, mark + (quoted ? "\"" + name + "\"" : name), project.at("outstanding").text() + " open");
        }
    }

    /** @param mark what stands before the name */
    void tags(String mark) {
        for (Json tag : session.call("tag.list").json().list()) {
            add(mark + tag.at("tag").text(), "on " + tag.at("count").text());
        }
    }

    /** @param state which of them, or null for all */
    void tasks(String state) {
        String where = state == null ? null : "state:" + state;
        byId(session.call("task.list", "where", where, "limit", LISTED_MAX).json().at("tasks").list());
        byTitle(Json.object("kind", "task", "state", state));
    }

    void notes() {
        byId(session.call("node.list", "limit", LISTED_MAX).json().at("nodes").list());
        byTitle(Map.of());
    }

    private void byId(List<Json> nodes) {
        ShortIds ids = ShortIds.of(nodes);
        nodes.forEach(node -> add(ids.of(node), Label.title(node)));
    }

    /** By words of a title or an alias. */
    private void byTitle(Map<String, Object> filters) {
        if (word.isBlank()) {
            return;
        }
        Map<String, Object> params = Json.object("text", word, "limit", FOUND_MAX);
        params.putAll(filters);
        List<Json> named = session.call(new Request("node.complete", params)).json().list();
        ShortIds ids = ShortIds.of(named);
        for (Json node : named) {
            if (titles) {
                found.putIfAbsent(Label.title(node), ids.of(node));
            } else {
                found.putIfAbsent(ids.of(node), Label.title(node));
            }
        }
    }

    void print() {
        found.forEach((candidate, what) -> session.out().data(before + (what.isEmpty() ? candidate : candidate + "\t" + what)));
    }
}
