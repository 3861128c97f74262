package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import java.util.List;

final class OnDeck implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("on-deck", "what is put off until there is room for it (blue), the oldest first")
                .example("heph on-deck");
    }

    @Override
    public int run(Arguments given, Session session) {
        Result result = session.call("on_deck");
        if (!session.printed(result)) {
            List<Json> tasks = result.json().list();
            TaskRows.print(tasks, session);
            if (tasks.isEmpty()) {
                session.shell().say("Nothing is on deck. Put something there: heph attention TASK blue");
            }
        }
        return 0;
    }
}
