package dev.heph.cli.command;

import java.io.IOException;

/** {@code heph open}, for who looks for it under that name: {@code edit} without its options. */
final class Open implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("open", "open a note in $VISUAL or $EDITOR, as edit does")
                .word("NOTE", "a short id, a title or an alias")
                .example("heph open 'Pay rent'");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        return Edit.text(session.notes().find(given.word(0)), session);
    }
}
