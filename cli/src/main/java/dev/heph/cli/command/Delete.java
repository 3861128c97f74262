package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

final class Delete implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("delete", "delete notes or tasks; their history stays in the log")
                .words("NOTE", "short ids, titles or aliases")
                .example("heph delete k3f9 m2x1");
    }

    @Override
    public int run(Arguments given, Session session) {
        return new Each(session, null).of(given.words(0), node -> delete(node, session));
    }

    private static void delete(Json node, Session session) {
        Result result = session.call("node.tombstone", "id", node.at("id").text());
        if (!session.printed(result)) {
            session.out().line("Deleted " + Label.of(session, node));
        }
    }
}
