package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Nearest;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;

/** Filters under a name. */
final class View implements Command {
    private static final Set<String> ACTIONS = Set.of("save", "list", "delete");

    @Override
    public Syntax syntax() {
        return Syntax.asking("view", "show the tasks of a saved filter; 'save' and 'delete' one, 'list' them all")
                .optionalWord("NAME|save|list|delete", "a view's name, or what to do (list)")
                .optionalWords("NAME FILTER", "save: its name and the filter; delete: its name")
                .dashWords()
                .number("--limit", "at most so many tasks (100)")
                .example("heph view save errands '#town or @shopping'")
                .example("heph view errands");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        String action = given.optionalWord(0).orElse("list");
        Views views = Views.in(session.home());
        switch (action) {
            case "list" -> list(views, session);
            case "save" -> save(views, given, session);
            case "delete" -> delete(views, given, session);
            default -> show(action, views, given, session);
        }
        return 0;
    }

    private static void show(String name, Views views, Arguments given, Session session) {
        if (!given.words(1).isEmpty()) {
            throw new UsageException("view does not take '" + given.words(1).getFirst() + "' as well. Try: heph help view");
        }
        String filter = views.all().get(name);
        if (filter == null) {
            throw none(name, views);
        }
        OptionalInt limit = given.number("--limit");
        Result result = session.call(
                "task.list", "where", filter, "usual", TaskList.OPEN, "limit", limit.isPresent() ? limit.getAsInt() : null);
        if (!session.printed(result)) {
            TaskList.print(result.json(), "No task matches: " + filter, "--limit ", session);
        }
    }

    private static void save(Views views, Arguments given, Session session) throws IOException {
        if (given.words(1).size() < 2) {
            throw new UsageException("view save needs a NAME and a FILTER. Try: heph view save errands '#town or @shopping'");
        }
        String name = given.words(1).getFirst();
        if (!isName(name)) {
            throw new UsageException(
                    "'" + name + "' cannot be a view's name: letters, digits, - and _, and none of save, list, delete");
        }
        String filter = String.join(" ", given.words(1).subList(1, given.words(1).size()));
        if (filter.isBlank()) {
            throw new UsageException("view save needs a FILTER that asks something; for every task: state:outstanding");
        }
        // Whoever saves a filter that cannot be read would hear of it only when it is wanted.
        long matches = session.call("task.list", "where", filter, "usual", TaskList.OPEN, "limit", 1).json().at("total").number();
        views.put(name, filter);
        if (session.json()) {
            session.out().data(new Json(Json.object("name", name, "filter", filter)).toString());
        } else {
            session.out().line("Saved " + name + " · " + filter + " · " + matches + " now. Look: heph view " + name);
        }
    }

    private static boolean isName(String name) {
        boolean letters = name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
        return letters && !name.isEmpty() && !name.startsWith("-") && !ACTIONS.contains(name);
    }

    private static void delete(Views views, Arguments given, Session session) throws IOException {
        if (given.words(1).size() != 1) {
            throw new UsageException("view delete needs a NAME. Try: heph view list");
        }
        String name = given.words(1).getFirst();
        String filter = views.all().get(name);
        if (!views.remove(name)) {
            throw none(name, views);
        }
        if (session.json()) {
            session.out().data(new Json(Json.object("name", name, "filter", filter)).toString());
        } else {
            session.out().line("Deleted " + name + ", which was: " + filter);
        }
    }

    private static void list(Views views, Session session) {
        if (session.json()) {
            session.out().data(new Json(views.all()).toString());
            return;
        }
        var columns = new Columns();
        views.all().forEach((name, filter) -> columns.row(new Cell(name, Style.BOLD), Cell.of(filter)));
        columns.print(session.out(), session.terminal());
        if (views.all().isEmpty()) {
            session.shell().say("No views yet. Begin: heph view save errands '#town or @shopping'");
        }
    }

    private static HephException none(String name, Views views) {
        String near = Nearest.to(name, views.all().keySet())
                .map(found -> "Did you mean " + found + "? ")
                .orElse("");
        return new HephException(Reason.NOT_FOUND, "no view '" + name + "'. " + near + "Try: heph view list");
    }
}
