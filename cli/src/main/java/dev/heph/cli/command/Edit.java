package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import java.io.IOException;

final class Edit implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("edit", "open a note in $VISUAL or $EDITOR; a task opens its context document")
                .word("NOTE", "a short id, a title or an alias")
                .example("heph edit k3f9");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        Json found = session.notes().find(given.word(0));
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
