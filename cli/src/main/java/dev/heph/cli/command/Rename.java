package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Gives a note another title; links by the old one still lead to it, or follow. */
final class Rename implements Command {
    private static final int DECLINED = 1;

    @Override
    public Syntax syntax() {
        return Syntax.asking("rename", "give a note another title; links by the old one still lead to it")
                .word("NOTE", "a short id, a title or an alias")
                .words("TITLE", "the new title")
                .flag("--rewrite", "also write the new title into every [[link]] by the old one")
                .flag("--dry-run", "with --rewrite: only show what it would write")
                .flag("--yes", "do not ask")
                .example("heph rename k3f9 Pay the rent")
                .example("heph rename --rewrite --dry-run Bread Sourdough");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        boolean look = given.flag("--dry-run");
        if (look && !given.flag("--rewrite")) {
            throw new UsageException("--dry-run goes with --rewrite: a rename alone changes no text. Try: heph help rename");
        }
        Json node = session.notes().find(given.word(0));
        String title = String.join(" ", given.words(1));
        if (!given.flag("--rewrite")) {
            Result renamed = session.call("node.update", "id", node.at("id").text(), "title", title);
            if (!session.printed(renamed)) {
                session.out().line("Renamed " + Label.title(node) + " to " + Label.of(session, renamed.json()));
            }
            return 0;
        }
        if (look || !given.flag("--yes")) {
            Result preview = rename(node, title, true, session);
            List<Json> notes = preview.json().at("rewritten").list();
            boolean asks = !look && notes.size() > 1;
            if (asks && !(session.terminal().in() && session.terminal().out())) {
                throw new UsageException("links in " + notes.size() + " notes would be rewritten, and nobody is here to be asked: add --yes,"
                        + " or look first with --dry-run");
            }
            if (look && session.printed(preview)) {
                return 0;
            }
            if (look || asks) {
                show(notes, session);
            }
            if (look) {
                session.shell().say("Nothing was changed: this was --dry-run");
                return 0;
            }
            if (asks && !agreed(notes.size(), session)) {
                session.shell().say("Nothing was changed");
                return DECLINED;
            }
        }
        Result done = rename(node, title, false, session);
        if (!session.printed(done)) {
            session.out().line("Renamed " + Label.title(node) + " to " + Label.of(session, done.json().at("node")) + ", "
                    + rewritten(done.json().at("rewritten").list()));
            Undo.hint(session);
        }
        return 0;
    }

    private static Result rename(Json node, String title, boolean look, Session session) {
        return session.call("node.rename", "id", node.at("id").text(), "title", title, "dry_run", look);
    }

    private static String rewritten(List<Json> notes) {
        int links = notes.stream().mapToInt(note -> note.at("lines").list().size()).sum();
        return links == 0 ? "no link to rewrite" : links + (links == 1 ? " link" : " links") + " rewritten in "
                + notes.size() + (notes.size() == 1 ? " note" : " notes");
    }

    private static void show(List<Json> notes, Session session) {
        for (Json note : notes) {
            session.out().line(Label.of(session, note));
            String last = ""; // a line with several links comes once for each
            for (Json line : note.at("lines").list()) {
                String before = Width.line(line.at("before").text());
                if (!before.equals(last)) {
                    session.out().line(session.styled(Style.RED, "  - " + before));
                    session.out().line(session.styled(Style.GREEN, "  + " + Width.line(line.at("after").text())));
                }
                last = before;
            }
        }
    }

    private static boolean agreed(int notes, Session session) throws IOException {
        session.out().flush();
        session.shell().err().text("Rewrite the links in " + notes + " notes? [y/N] ").flush();
        return session.shell().line().strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
