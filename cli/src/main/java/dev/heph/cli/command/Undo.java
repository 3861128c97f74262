package dev.heph.cli.command;

import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;

/** {@code undo} and, the other way round, {@code redo}. */
final class Undo implements Command {
    private final boolean back;

    private Undo(boolean back) {
        this.back = back;
    }

    static Command undo() {
        return new Undo(true);
    }

    static Command redo() {
        return new Undo(false);
    }

    /** How to take back what was just done, for one who looks on. */
    static void hint(Session session) {
        if (session.terminal().out()) {
            session.out().line(session.styled(Style.DIM, "undo: heph undo"));
        }
    }

    @Override
    public Syntax syntax() {
        return back
                ? Syntax.asking("undo", "take back what this device did last")
                        .flag("--dry-run", "only say what that would be")
                        .flag("--over", "pass over what cannot be taken back, to what was done before it")
                        .example("heph undo --dry-run")
                : Syntax.asking("redo", "do again what was undone last")
                        .flag("--dry-run", "only say what that would be")
                        .example("heph redo");
    }

    @Override
    public int run(Arguments given, Session session) {
        boolean look = given.flag("--dry-run");
        Result result = session.call(back ? "undo" : "redo", "dry_run", look ? true : null,
                "over", back && given.flag("--over") ? true : null);
        if (!session.printed(result)) {
            String said = look ? back ? "Would undo: " : "Would redo: " : back ? "Undid: " : "Redid: ";
            session.out().line(said + Width.line(result.json().at("label").text()));
        }
        return 0;
    }
}
