package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands beside the text of a node, in words: for what it waits, what there is to tick off, its log, what links to it. */
final class Beside {
    private static final int LOG_SHOWN = 5;
    private static final int TASKS_SHOWN = 10;

    /** Links that are said in other words, or as a list of their own. */
    private static final Set<String> NOT_LISTED = Set.of("canonical-context", "context-of", "in-project", "blocks");

    private final Json node;
    private final List<Json> outgoing;
    private final List<Json> incoming;
    private final Session session;

    Beside(Json node, Session session) {
        String id = node.at("id").text();
        List<Json> links = session.callAll(Request.of("links.outgoing", "id", id), Request.of("links.backlinks", "id", id));
        this.node = node;
        this.outgoing = links.get(0).list();
        this.incoming = links.get(1).list();
        this.session = session;
    }

    /** {@code #money}, as of each of its tags. */
    List<String> tags() {
        return outgoing.stream()
                .filter(link -> link.at("kind").text().equals("tag"))
                .map(link -> "#" + link.at("title").text())
                .distinct()
                .toList();
    }

    /** {@code @House}, or none. */
    List<String> project() {
        return of("in-project", outgoing).map(link -> "@" + link.at("title").text()).limit(1).toList();
    }

    /** {@code waits for m2x1 Sand (done)} and {@code unblocks t4gs Move house}, a line each. */
    void printOrder() {
        List<String> blockers = of("blocks", incoming).map(link -> link.at("src").text()).distinct().toList();
        List<Json> nodes = Session.inParts(blockers, some -> session.callAll(
                some.stream().map(id -> Request.of("node.get", "id", id)).toArray(Request[]::new)));
        for (Json blocker : nodes) {
            String state = blocker.at("task").at("state").text();
            String settled = state.isEmpty() || state.equals("outstanding") ? "" : " (" + state + ")";
            session.out().line("waits for " + Label.of(session, blocker) + settled);
        }
        of("blocks", outgoing).forEach(link -> session.out().line("unblocks "
                + Label.of(session, new Json(Map.of("id", link.at("dst").text(), "title", link.at("title").text())))));
    }

    /** What stands below the text. */
    void print() {
        printItems();
        switch (node.at("kind").text()) {
            case "task" -> printLog();
            case "project" -> printTasks();
            default -> {}
        }
        List<Json> others = incoming.stream()
                .filter(link -> !NOT_LISTED.contains(link.at("type").text()) && !link.at("src").equals(node.at("id")))
                .toList();
        if (!others.isEmpty()) {
            heading("Linked from");
            Backlinks.print(others, "  ", session);
        }
    }

    /** Those that were added; a checkbox stands in the text. */
    private void printItems() {
        if (of("context-of", incoming).findAny().isEmpty()) {
            return;
        }
        List<Json> items = session.call("item.list", "container", node.at("id").text()).json().list().stream()
                .filter(item -> item.at("mark").isNull())
                .toList();
        Set<String> open = items.stream().map(item -> item.at("id").text()).collect(Collectors.toSet());
        List<Json> promoted = of("context-of", incoming).filter(link -> !open.contains(link.at("src").text())).toList();
        if (!items.isEmpty()) {
            heading("To tick off");
            Item.print(items, "  ", session);
        }
        if (!promoted.isEmpty()) {
            heading("Tasks from here");
            var columns = new Columns("  ");
            ShortIds ids = ShortIds.ofIds(promoted.stream().map(link -> link.at("src").text()).toList());
            promoted.forEach(link -> columns.row(new Cell(ids.of(link.at("src").text()), Style.YELLOW), Cell.of(link.at("title").text())));
            columns.print(session.out(), session.terminal());
        }
    }

    private void printLog() {
        List<Json> entries = session.call("log.list", "id", node.at("id").text()).json().list();
        if (entries.isEmpty()) {
            return;
        }
        int left = Math.max(0, entries.size() - LOG_SHOWN);
        heading(left == 0
                ? "Log"
                : "Log (the last " + LOG_SHOWN + " of " + entries.size() + "; all: heph log " + ShortIds.alone(node) + ")");
        Log.print(entries.subList(left, entries.size()), "  ", session);
    }

    private void printTasks() {
        String name = node.at("title").text();
        if (name.indexOf('"') >= 0) {
            return; // no filter can name it
        }
        Json page = session.call("task.list", "where", TaskList.OPEN + " project:\"" + name + "\"", "limit", TASKS_SHOWN).json();
        List<Json> tasks = page.at("tasks").list();
        if (!tasks.isEmpty()) {
            long total = page.at("total").number();
            String more = " (" + tasks.size() + " of " + total + "; all: heph tasks '@\"" + name + "\"')";
            heading("Open tasks" + (total > tasks.size() ? more : ""));
            TaskRows.print(tasks, "  ", ShortIds.of(tasks), session);
        }
    }

    private void heading(String text) {
        session.out().line("").line(session.styled(Style.BOLD, text));
    }

    private static Stream<Json> of(String type, List<Json> links) {
        return links.stream().filter(link -> link.at("type").text().equals(type));
    }
}
