package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import java.util.List;
import java.util.OptionalInt;

/** The lists that a filter makes: one with a name of its own ({@code today}), or any ({@code tasks}). */
final class TaskList implements Command {
    /** What a filter means that says nothing of the state: who asks for his tasks rarely means those of the last ten years. */
    static final String OPEN = "state:outstanding";

    static final String INBOX = OPEN + " project:none tag:none do:none late:none";
    static final String LATE = OPEN + " late:passed";

    private final String name;
    private final String summary;
    private final String where;
    private final String sort;
    private final String nothing;

    /** @param where the filter, or null where the words of the command are it */
    private TaskList(String name, String summary, String where, String sort, String nothing) {
        this.name = name;
        this.summary = summary;
        this.where = where;
        this.sort = sort;
        this.nothing = nothing;
    }

    static TaskList today() {
        return new TaskList("today", "what its do-date puts on today, or did before, and what is late today",
                OPEN + " (do<=today or late<=today)", "do", "Nothing is put on today or late. What is next: heph next");
    }

    static TaskList inbox() {
        return new TaskList("inbox", "what was captured and has no project, tag or date yet",
                INBOX, "created",
                "The inbox is empty: every task has a project, a tag or a date.");
    }

    static TaskList late() {
        return new TaskList("late", "what is late", LATE, "late", "Nothing is late.");
    }

    static TaskList any() {
        return new TaskList("tasks", "the tasks that a filter matches", null, null, "No task matches.");
    }

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.asking(name, summary).number("--limit", "at most so many (100)");
        if (where != null) {
            return syntax.example("heph " + name);
        }
        return syntax.optionalWords("FILTER", "docs/design/filters.md; done tasks too only if it says something of the state")
                .dashWords()
                .option("--sort", "HOW", "do, late, created, modified or title (do)")
                .example("heph tasks 'do<=fri -@house !red'")
                .example("heph tasks 'tag:home or text:paint' --sort title")
                .example("heph tasks 'state:done @house'");
    }

    @Override
    public int run(Arguments given, Session session) {
        String typed = where == null ? given.sentence(0) : where;
        OptionalInt limit = given.number("--limit");
        Result result = session.call(
                "task.list",
                "where", typed.isEmpty() ? null : typed,
                "usual", typed.isEmpty() || where != null ? null : OPEN,
                "sort", sort == null ? given.orNull("--sort") : sort,
                "limit", limit.isPresent() ? limit.getAsInt() : null);
        if (!session.printed(result)) {
            // heph late also sets a date, and has no limit of its own.
            print(result.json(), nothing, name.equals("late") ? "heph tasks " + where + " --limit " : "--limit ", session);
        }
        return 0;
    }

    /** A page of {@code task.list}. @param nothing what to say when it is empty @param more how to see more, up to the number */
    static void print(Json page, String nothing, String more, Session session) {
        List<Json> tasks = page.at("tasks").list();
        TaskRows.print(tasks, session);
        long total = page.at("total").number();
        if (tasks.isEmpty()) {
            session.shell().say(nothing);
        } else if (total > tasks.size()) {
            // Said in a pipe too, on standard error: a list that ends early must not pass for the whole one.
            session.shell().say(tasks.size() + " of " + total + ". More: " + more + Math.min(total, 10_000));
        }
    }
}
