package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.List;
import java.util.stream.Collectors;

/** {@code undo} and, the other way round, {@code redo}. */
final class Undo implements Command {
    private static final int KEPT_MAX = 5;

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
            session.out().line(said + Width.line(result.json().at("label").text()) + kept(result.json()));
        }
        return 0;
    }

    /** {@code . Kept: its do-date, which phone changed since} */
    private static String kept(Json undone) {
        List<Json> kept = undone.at("kept").list();
        boolean ofOne = undone.at("ids").list().size() == 1;
        String more = kept.size() > KEPT_MAX ? "; and " + (kept.size() - KEPT_MAX) + " more" : "";
        return kept.isEmpty() ? "" : ". Kept: "
                + kept.stream().limit(KEPT_MAX).map(part -> kept(part, ofOne)).collect(Collectors.joining("; ")) + more;
    }

    private static String kept(Json part, boolean ofOne) {
        String title = Label.title(part);
        String what = switch (part.at("field").text()) {
            case "node" -> "";
            case "body" -> "text";
            case "box" -> "ticks";
            default -> part.at("field").text().replace('_', '-');
        };
        String named = what.isEmpty() ? title : ofOne ? "its " + what : "the " + what + " of " + title;
        String who = Width.line(part.at("device_name").text());
        boolean raced = part.at("raced").truth();
        return named + ", which " + (who.isEmpty() ? "is in use by now" : raced ? who + " edited before that was deleted" : who + " changed since");
    }
}
