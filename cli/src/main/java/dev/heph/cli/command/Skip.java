package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

/** Passes over the occurrence at which a recurring task stands. */
final class Skip implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("skip", "pass this date of a repeating task over: neither done nor dropped")
                .words("TASK", "short ids or titles")
                .example("heph skip k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        return new Each(session, "task").of(given.words(0), task -> skip(task, session));
    }

    private static void skip(Json task, Session session) {
        Result result = session.call("task.skip", "id", task.at("id").text());
        if (!session.printed(result)) {
            Json now = result.json().at("task");
            session.out().line("Skipped " + Label.of(session, task)
                    + (now.at("state").text().equals("outstanding") ? " · next " + Days.of(now.at("do_date"), session.today()) : " · that was the last"));
            Undo.hint(session);
        }
    }
}
