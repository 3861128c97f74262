package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.Result;
import java.util.List;

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
        List<Json> tasks = session.notes().findAll(given.words(0), "task");
        Result result = session.call(new Request("task.skip", Notes.named(tasks)));
        if (session.printed(result)) {
            return 0;
        }
        if (tasks.size() == 1) {
            Json now = result.json().at("task");
            boolean over = !now.at("state").text().equals("outstanding");
            say(tasks.getFirst(), over ? "" : Days.of(now.at("do_date"), session.today()), session);
        } else {
            result.json().at("tasks").list().forEach(task -> say(task, Days.of(task.at("next").text(), session.today()), session));
        }
        Undo.hint(session);
        return 0;
    }

    /** @param next empty when there is none */
    private static void say(Json task, String next, Session session) {
        session.out().line("Skipped " + Label.of(session, task) + (next.isEmpty() ? " · that was the last" : " · next " + next));
    }
}
