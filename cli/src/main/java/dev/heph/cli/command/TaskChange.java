package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Width;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The commands that change tasks, one or many: all of it is done or nothing, as one action with one undo. */
final class TaskChange implements Command {
    private static final String OPEN = "state:outstanding";
    private static final String CLOSED = "not state:outstanding";

    /** So many are told one by one. */
    private static final int TOLD_MAX = 5;

    private static final int SHOWN_MAX = 10;
    private static final int DECLINED = 1;

    private final String name;
    private final String summary;
    private final String said;
    private final Setting setting;
    private final String usual;
    private final List<String> examples;

    private TaskChange(String name, String summary, String said, Setting setting, String usual, String... examples) {
        this.name = name;
        this.summary = summary;
        this.said = said;
        this.setting = setting;
        this.usual = usual;
        this.examples = List.of(examples);
    }

    static Command done() {
        return new TaskChange("done", "mark tasks as done; one that repeats: the date at which it stands, the oldest", "Done", new Setting.State("done"), OPEN,
                "heph done k3f9 m2x1", "heph done --where '#shopping' --dry-run");
    }

    static Command drop() {
        return new TaskChange("drop", "give tasks up: neither done nor to be done", "Dropped", new Setting.State("dropped"), OPEN,
                "heph drop k3f9", "heph drop --where '@house do<2026-01-01'");
    }

    static Command reopen() {
        return new TaskChange("reopen", "make tasks outstanding again", "Reopened", new Setting.State("outstanding"), CLOSED,
                "heph reopen k3f9");
    }

    static Command schedule() {
        return new TaskChange("do", "set when to start on tasks", "Do", new Setting.Date("do_date"), OPEN,
                "heph do k3f9 fri", "heph do k3f9 m2x1 tomorrow 17:00");
    }

    static Command defer() {
        return new TaskChange("defer", "put tasks off: the same as do", "Deferred", new Setting.Date("do_date"), OPEN,
                "heph defer k3f9 3d", "heph defer --where 'do<=today' tomorrow");
    }

    static Command late() {
        return new TaskChange("late", "what is late; with tasks: set when they are late", "Late", new Setting.Date("late_on"), OPEN,
                "heph late", "heph late k3f9 1 dec");
    }

    static Command attention() {
        return new TaskChange("attention", "say how much attention tasks ask for", "Attention", new Setting.Attention(), OPEN,
                "heph attention k3f9 red");
    }

    static Command move() {
        return new TaskChange("move", "put tasks into a project", "Moved", new Setting.Project(), OPEN,
                "heph move k3f9 m2x1 house", "heph move k3f9 none");
    }

    static Command tag() {
        return new TaskChange("tag", "the tags; with tasks: put a tag on them", "Tagged", new Setting.Tag("tag"), OPEN,
                "heph tag", "heph tag k3f9 m2x1 home");
    }

    static Command untag() {
        return new TaskChange("untag", "take a tag off tasks", "Untagged", new Setting.Tag("untag"), OPEN,
                "heph untag k3f9 home");
    }

    @Override
    public Syntax syntax() {
        String label = setting.label();
        String description = "short ids or titles" + (label.isEmpty() ? "" : "; " + label + ": " + setting.description());
        Syntax syntax = Chosen.options(Syntax.asking(name, summary))
                .wordsAs("[TASK...]" + (label.isEmpty() ? "" : isList() ? " [" + label + "]" : " " + label), description)
                .dashWords();
        examples.forEach(syntax::example);
        return syntax;
    }

    /** Whether it shows a list when it is given nothing. */
    private boolean isList() {
        return name.equals("late") || name.equals("tag");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        var chosen = new Chosen(given, session);
        List<String> words = given.words(0);
        if (words.isEmpty() && isList() && !chosen.byOption()) {
            return name.equals("late") ? new LateList().run(given, session) : new TagList().run(given, session);
        }
        refuseTooFew(words, chosen.byOption());
        Setting.Value value = setting.read(words, chosen.byOption() ? 0 : 1, session);
        List<String> names = words.subList(0, words.size() - value.words());
        if (chosen.isTwofold() || chosen.byOption() && !names.isEmpty()) {
            throw new UsageException(name + " takes TASKs, --where or --ids, not two of them. Try: heph help " + name);
        }
        List<Json> tasks = chosen.tasks(names, usual);
        if (tasks.isEmpty()) {
            return none(session);
        }
        if (given.flag("--dry-run")) {
            return preview(tasks, session);
        }
        if (given.option("--where").isPresent() && tasks.size() > 1 && !given.flag("--yes") && !agreed(tasks, value, session)) {
            session.shell().say("Nothing was changed");
            return DECLINED;
        }
        Result result = session.call(
                "task.change", "ids", tasks.stream().map(ShortIds::whole).toList(), value.parameter(), value.value());
        if (!session.printed(result)) {
            tell(result.json(), value, session);
        }
        return 0;
    }

    private void refuseTooFew(List<String> words, boolean byOption) {
        boolean bare = setting.label().isEmpty();
        if (words.size() < (byOption ? 0 : 1) + (bare ? 0 : 1)) {
            String missing = byOption ? setting.label() : bare ? "TASK" : "TASK and a " + setting.label();
            throw new UsageException(name + " needs a " + missing + ". Try: heph help " + name);
        }
    }

    private static int none(Session session) {
        if (session.json()) {
            session.out().line("{\"changed\":0,\"tasks\":[]}");
        } else {
            session.shell().say("No task matches; nothing was changed");
        }
        return 0;
    }

    /** The tasks that it would be about; with JSON all of them, in the shape of {@code task.change}. */
    private static int preview(List<Json> tasks, Session session) {
        if (session.json()) {
            var named = tasks.stream()
                    .map(task -> Json.object("id", ShortIds.whole(task), "title", task.at("title").text()))
                    .toList();
            session.out().data(new Json(Json.object("changed", 0, "tasks", named)).toString());
        } else {
            show(tasks, session);
            session.shell().say("Nothing was changed: this was --dry-run");
        }
        return 0;
    }

    private static void show(List<Json> tasks, Session session) {
        TaskRows.print(tasks.stream().limit(SHOWN_MAX).map(TaskChange::row).toList(), session);
        if (tasks.size() > SHOWN_MAX) {
            session.out().line("… and " + (tasks.size() - SHOWN_MAX) + " more");
        }
    }

    /** A TaskRow, also of a Node. */
    private static Json row(Json task) {
        Json of = task.at("task");
        return of.isNull()
                ? task
                : new Json(Json.object(
                        "id", ShortIds.whole(task), "title", task.at("title").text(), "attention", of.at("attention").value(),
                        "state", of.at("state").value(), "do_date", of.at("do_date").value(), "late_on", of.at("late_on").value()));
    }

    private boolean agreed(List<Json> tasks, Setting.Value value, Session session) throws IOException {
        if (!session.terminal().in() || !session.terminal().out()) {
            throw new UsageException(
                    tasks.size() + " tasks match, and nobody is here to be asked: add --yes, or look first with --dry-run");
        }
        if (!session.json()) {
            show(tasks, session);
        }
        session.out().flush();
        session.shell().err().text(Width.line(many(tasks.size(), value)) + "? [y/N] ").flush();
        return session.shell().line().strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** When a task that repeats is due again. */
    private static String next(Json task, Session session) {
        return task.at("next").isNull() ? "" : " · next " + Days.of(LocalDate.parse(task.at("next").text().substring(0, 10)), session.today());
    }

    private String many(int count, Setting.Value value) {
        return said + " " + count + " tasks" + (value.said().isEmpty() ? "" : " · " + value.said());
    }

    private void tell(Json result, Setting.Value value, Session session) {
        List<Json> tasks = result.at("tasks").list();
        long already = tasks.size() - result.at("changed").number();
        if (tasks.size() > TOLD_MAX) {
            session.out().line(many(tasks.size(), value) + (already == 0 ? "" : ", " + already + " of them already"));
        } else {
            String end = (value.said().isEmpty() ? "" : " · " + value.said())
                    + (result.at("new_project").isNull() ? "" : " (new project)") + (already == tasks.size() ? " (already)" : "");
            tasks.forEach(task -> session.out().line(said + " " + Label.of(session, task) + end + next(task, session)));
        }
        if (already < tasks.size()) {
            Undo.hint(session);
        }
    }
}
