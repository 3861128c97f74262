package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import java.util.ArrayList;
import java.util.List;

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
        return new Each(session, "task").of(given.words(0), item -> promote(item, given, session));
    }

    private static void promote(Json item, Arguments given, Session session) {
        String project = given.option("--project").map(Setting.Project::name).orElse(null);
        Result result = session.call(
                "task.promote",
                "id",
                item.at("id").text(),
                "attention",
                given.option("--attention").map(Setting.Attention::word).orElse(null),
                "project",
                project);
        if (!session.printed(result)) {
            Json task = result.json();
            List<String> parts = new ArrayList<>(List.of(Label.of(session, task)));
            parts.addAll(Label.details(task.at("task"), session.today()));
            if (project != null) {
                parts.add("@" + project);
            }
            session.out().line("Promoted " + String.join(" · ", parts));
        }
    }
}
