package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

final class Done implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("done", "mark tasks as done")
                .words("TASK", "short ids or titles")
                .example("heph done k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        return new Each(session, "task").of(given.words(0), task -> done(task, session));
    }

    private static void done(Json task, Session session) {
        Result result = session.call("task.set_state", "id", task.at("id").text(), "state", "done");
        if (!session.printed(result)) {
            session.out().line("Done " + Label.of(session, task));
        }
    }
}
