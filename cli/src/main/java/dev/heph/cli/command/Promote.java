package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class Promote implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("promote", "make something to tick off a task to be done; it keeps its id")
                .words("ITEM", "short ids or titles")
                .option("--attention", "HOW", "red, orange, white or blue (later)")
                .option("--project", "PROJECT", "a name or an id")
                .example("heph promote k3f9 --attention red");
    }

    @Override
    public int run(Arguments given, Session session) {
        List<Json> items = session.notes().findAll(given.words(0), "task");
        String project = given.option("--project").map(Setting.Project::name).orElse(null);
        String attention = given.option("--attention").map(Setting.Attention::word).orElse(null);
        Map<String, Object> params = Notes.named(items);
        params.putAll(Json.object("attention", attention, "project", project));
        Result result = session.call(new Request("task.promote", params));
        if (!session.printed(result)) {
            List<Json> tasks = items.size() == 1 ? List.of(result.json()) : result.json().at("tasks").list();
            tasks.forEach(task -> session.out().line("Promoted " + said(task, attention, project, session)));
            Undo.hint(session);
        }
        return 0;
    }

    private static String said(Json task, String attention, String project, Session session) {
        List<String> parts = new ArrayList<>(List.of(Label.of(session, task)));
        if (!task.at("task").isNull()) {
            parts.addAll(Label.details(task.at("task"), session.today()));
        } else if (attention != null) {
            parts.add(attention);
        }
        if (project != null) {
            parts.add("@" + project);
        }
        return String.join(" · ", parts);
    }
}
