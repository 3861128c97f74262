package dev.heph.cli.command;

import dev.heph.cli.rpc.Result;
import java.io.IOException;

final class Note implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("note", "write a new note; its text comes from a pipe, or from $EDITOR")
                .words("TITLE", "the title")
                .dashWords()
                .example("heph note Shopping list")
                .example("date | heph note 'When I began'");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        String title = given.sentence(0);
        if (!session.shell().terminal().in()) {
            String body = Utf8.strict(session.shell().in().readAllBytes(), "standard input");
            return create(session, title, body);
        }
        Draft draft = Draft.of(session, title, "");
        return draft.save(body -> create(session, title, body));
    }

    private static int create(Session session, String title, String body) {
        Result note = session.call("node.create", "kind", "doc", "title", title, "body", body);
        if (!session.printed(note)) {
            session.out().line("Added " + Label.of(session, note.json()));
        }
        return 0;
    }
}
