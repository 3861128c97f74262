package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import java.util.ArrayList;
import java.util.List;

final class Add implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("add", "capture a task")
                .words("TITLE", "the title; no quotes needed")
                .dashWords()
                .option("--do", "DATE", "when to start on it: 2026-06-01 or 2026-06-01T09:00")
                .option("--late", "DATE", "when it is late")
                .option("--attention", "HOW", "white, orange, red or blue")
                .option("--project", "PROJECT", "a project's name or id")
                .example("heph add Pay rent --do 2026-06-01 --attention red");
    }

    @Override
    public int run(Arguments given, Session session) {
        String project = given.orNull("--project");
        Result result = session.call(
                "task.create",
                "title",
                given.sentence(0),
                "attention",
                given.orNull("--attention"),
                "do_date",
                given.orNull("--do"),
                "late_on",
                given.orNull("--late"),
                "project",
                project);
        if (!session.printed(result)) {
            Json task = result.json();
            List<String> parts = new ArrayList<>(List.of(Label.of(session, task)));
            parts.addAll(Label.details(task.at("task")));
            if (project != null) {
                parts.add("@" + project);
            }
            session.out().line("Added " + String.join(" · ", parts));
        }
        return 0;
    }
}
