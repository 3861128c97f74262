package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Changes the text in the editor, or, with options, what stands beside it. */
final class Edit implements Command {
    private static final String NONE = "none";

    @Override
    public Syntax syntax() {
        return Syntax.asking("edit", "open a note in $VISUAL or $EDITOR; a task opens its context document")
                .word("NOTE", "a short id, a title or an alias")
                .option("--title", "TITLE", "do not open it, give it this title")
                .option("--do", "DATE", "… put this task on this day: fri, +3d, none")
                .option("--late", "DATE", "… say from when it is late")
                .option("--attention", "HOW", "… white, orange, red or blue")
                .option("--project", "PROJECT", "… into this project; none: into none")
                .option("--recur", "RULE", "… let it repeat: every month, 'every 2 weeks on mon,thu', an RRULE; none: once")
                .option("--missed", "WHICH", "… of the dates that passed show latest, all of them, or keep to the oldest")
                .example("heph edit k3f9")
                .example("heph edit k3f9 --recur 'every month after done'")
                .example("heph edit k3f9 --title 'Pay the rent' --do fri");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        String title = given.orNull("--title");
        boolean ofTask = given.option("--do").isPresent()
                || given.option("--late").isPresent()
                || given.option("--attention").isPresent()
                || given.option("--project").isPresent()
                || given.option("--recur").isPresent()
                || given.option("--missed").isPresent();
        Json found = session.notes().find(given.word(0), ofTask ? "task" : null);
        if (title == null && !ofTask) {
            return text(found, session);
        }
        Request change = ofTask ? new Request("task.change", taskChange(found, title, given, session)) : retitle(found, title);
        Json node = changed(found, change, session);
        if (!session.json()) {
            var parts = new ArrayList<>(List.of(Label.of(session, node)));
            parts.addAll(node.at("task").isNull() ? List.of() : Label.details(node.at("task"), session.today()));
            given.option("--project")
                    .map(Setting.Project::name)
                    .filter(name -> !name.equals(NONE))
                    .ifPresent(name -> parts.add("@" + name));
            session.out().line("Changed " + String.join(" · ", parts));
        }
        return 0;
    }

    private static Request retitle(Json node, String title) {
        return Request.of("node.update", "id", node.at("id").text(), "title", title);
    }

    /** All of it in one: a slip in the last option must not leave the first half done. */
    private static Map<String, Object> taskChange(Json task, String title, Arguments given, Session session) {
        var dates = new DateText(session);
        Map<String, Object> change = Json.object(
                "ids", List.of(task.at("id").text()),
                "title", title,
                "do_date", given.option("--do").map(dates::iso).orElse(null),
                "late_on", given.option("--late").map(dates::iso).orElse(null),
                "attention", given.option("--attention").map(Setting.Attention::word).orElse(null),
                "project", given.option("--project").map(Setting.Project::name).orElse(null),
                "on_missed", given.orNull("--missed"));
        given.option("--recur").ifPresent(rule -> change.putAll(recurrence(rule, session)));
        return change;
    }

    private static Map<String, Object> recurrence(String rule, Session session) {
        if (rule.equals(NONE)) {
            return Json.object("rule", NONE);
        }
        Json read = session.call("recur.preview", "rule", rule, "count", 1).json();
        return Json.object("rule", read.at("rule").text(), "after_done", read.at("after_done").truth());
    }

    /** @return the node as it is now, printed already where JSON is wanted */
    private static Json changed(Json found, Request change, Session session) {
        session.call(change);
        Result node = session.call("node.get", "id", found.at("id").text());
        session.printed(node);
        return node.json();
    }

    /** Opens a node in the editor. @return the exit code */
    static int text(Json found, Session session) throws IOException {
        String context = found.at("task").at("context").text();
        String id = context.isEmpty() ? found.at("id").text() : context;
        Json node = session.call("node.get", "id", id).json();
        String base = node.at("rev").text();
        return Draft.of(session, Label.title(found), node.at("body").text())
                .save(body -> save(session, found, id, body, base));
    }

    private static int save(Session session, Json found, String id, String body, String base) {
        Result saved = session.call("node.update", "id", id, "body", body, "base", base);
        if (!session.printed(saved)) {
            session.out().line("Saved " + Label.of(session, found));
            if (!saved.json().at("body").text().equals(body)) {
                session.out()
                        .line("It had changed meanwhile; both changes are in it now. Look: heph show "
                                + ShortIds.alone(found));
            }
        }
        return 0;
    }
}
