package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code project}: the tree of them; {@code project add} and {@code project move}. */
final class Project implements Command {
    private static final String KIND = "project";

    @Override
    public Syntax syntax() {
        return Syntax.asking("project", "the projects and how much is open in each; 'add' makes one, 'move' moves one")
                .optionalWord("add|move", "what to do; without it they are listed")
                .optionalWords("NAME", "the project")
                .option("--parent", "PROJECT", "the project that it lies in, or is moved into; moved without it, it is on its own")
                .option("--into", "PROJECT", "the same")
                .example("heph project")
                .example("heph project add Kitchen --parent House");
    }

    @Override
    public int run(Arguments given, Session session) {
        String action = given.optionalWord(0).orElse("list");
        String name = given.sentence(1);
        switch (action) {
            case "list" -> list(session);
            case "add" -> add(required(name, action), parent(given), session);
            case "move" -> move(required(name, action), parent(given), session);
            default -> throw new UsageException("project takes add or move, not '" + action + "'. Its tasks: heph tasks '@"
                    + action + "'");
        }
        return 0;
    }

    private static String parent(Arguments given) {
        if (given.option("--parent").isPresent() && given.option("--into").isPresent()) {
            throw new UsageException("--parent and --into say the same: give one of them");
        }
        return given.option("--into").or(() -> given.option("--parent")).orElse(null);
    }

    private static String required(String name, String action) {
        if (name.isEmpty()) {
            throw new UsageException("project " + action + " needs a NAME. Try: heph help project");
        }
        return name;
    }

    private static void add(String name, String parent, Session session) {
        Result result = session.call("project.create", "name", name, "parent", parent);
        if (!session.printed(result)) {
            session.out().line("Project " + Label.of(session, result.json()) + (parent == null ? "" : " · in " + parent));
        }
    }

    private static void move(String name, String into, Session session) {
        Json project = session.notes().find(name, KIND);
        Json parent = into == null ? Json.NULL : session.notes().find(into, KIND);
        Result result = session.call(
                "project.move", "id", project.at("id").text(), "parent", parent.isNull() ? null : parent.at("id").text());
        if (!session.printed(result)) {
            String where = parent.isNull() ? "on its own" : "in " + Label.of(session, parent);
            session.out().line("Moved " + Label.of(session, project) + " · " + where);
        }
    }

    private static void list(Session session) {
        Result result = session.call("project.list");
        if (session.printed(result)) {
            return;
        }
        List<Json> projects = result.json().list();
        new Tree(projects).print(session);
        if (projects.isEmpty()) {
            session.shell().say("No projects yet. Begin: heph project add House, or heph add 'Paint the door @House'");
        }
    }

    /** The projects by where they lie. */
    private static final class Tree {
        private final List<Json> projects;
        private final Map<Json, List<Json>> within = new HashMap<>();
        private final ShortIds ids;
        private final Set<Json> shown = new HashSet<>();
        private final Columns columns = new Columns();

        Tree(List<Json> projects) {
            this.projects = projects;
            this.ids = ShortIds.of(projects);
            projects.forEach(project -> within.computeIfAbsent(project.at("parent"), any -> new ArrayList<>()).add(project));
        }

        void print(Session session) {
            within.getOrDefault(Json.NULL, List.of()).forEach(top -> add(top, ""));
            // Two devices can each put one project into the other: neither has a top then.
            projects.forEach(circular -> add(circular, ""));
            columns.print(session.out(), session.terminal());
        }

        private void add(Json project, String indent) {
            if (!shown.add(project.at("id"))) {
                return;
            }
            long own = project.at("outstanding").number();
            long all = outstanding(project, new HashSet<>());
            columns.row(
                    new Cell(ids.of(project), Style.YELLOW),
                    Cell.of(indent + project.at("title").text()),
                    Cell.of(own + (all == own ? "" : " (" + all + ")")));
            within(project).forEach(inner -> add(inner, indent + "  "));
        }

        private long outstanding(Json project, Set<Json> counted) {
            if (!counted.add(project.at("id"))) {
                return 0;
            }
            return project.at("outstanding").number()
                    + within(project).stream().mapToLong(inner -> outstanding(inner, counted)).sum();
        }

        private List<Json> within(Json project) {
            return within.getOrDefault(project.at("id"), List.of());
        }
    }
}
