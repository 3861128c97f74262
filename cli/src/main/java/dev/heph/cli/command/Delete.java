package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.Result;
import java.util.List;

final class Delete implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("delete", "delete notes or tasks; their history stays in the log")
                .words("NOTE", "short ids, titles or aliases")
                .example("heph delete k3f9 m2x1");
    }

    @Override
    public int run(Arguments given, Session session) {
        List<Json> nodes = session.notes().findAll(given.words(0), null);
        Result result = session.call(new Request("node.tombstone", Notes.named(nodes)));
        if (!session.printed(result)) {
            nodes.forEach(node -> session.out().line("Deleted " + Label.of(session, node)));
            Undo.hint(session);
        }
        return 0;
    }
}
