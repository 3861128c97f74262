package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.HashSet;
import java.util.List;

/** {@code heph unresolved}: each name that nothing has, below it the places where it stands (a note may say the same thing often). */
final class Unresolved implements Command {
    private static final int LIMIT = 20;
    private static final int PLACES_SHOWN = 5;

    @Override
    public Syntax syntax() {
        return Syntax.asking("unresolved", "what notes refer to and nothing is called, and where")
                .flag("--files", "files instead of notes, such as pictures")
                .number("--limit", "at most so many names (" + LIMIT + ")")
                .example("heph unresolved");
    }

    @Override
    public int run(Arguments given, Session session) {
        boolean files = given.flag("--files");
        Result result = session.call("links.unresolved", "files", files ? true : null, "limit", given.number("--limit").orElse(LIMIT));
        if (!session.printed(result)) {
            print(result.json(), files, session);
        }
        return 0;
    }

    private static void print(Json page, boolean files, Session session) {
        List<Json> names = page.at("missing").list();
        ShortIds ids = ShortIds.of(names.stream().flatMap(name -> name.at("places").list().stream()).toList());
        names.forEach(name -> print(name, ids, session));
        long total = page.at("total").number();
        if (names.isEmpty()) {
            session.shell().say(files ? "Nothing refers to a file." : "Every link leads to a note.");
        } else if (session.terminal().out() && total > names.size()) {
            session.out().line(names.size() + " of " + total + ". More: --limit " + Math.min(total, 10_000));
        }
        long left = page.at("files").number();
        if (!files && left > 0) {
            session.shell()
                    .say("Left out: " + (left == 1 ? "1 file" : left + " files") + ", such as pictures. See: heph unresolved --files");
        }
    }

    private static void print(Json name, ShortIds ids, Session session) {
        session.out().line(session.styled(Style.BOLD, Width.line(name.at("name").text())));
        var columns = new Columns("  ");
        var seen = new HashSet<String>();
        int shown = 0;
        for (Json place : name.at("places").list()) {
            String context = place.at("context").text();
            boolean again = !seen.add(place.at("id").text() + context);
            if (!again && seen.size() > PLACES_SHOWN) {
                break;
            }
            shown++;
            if (!again) {
                columns.row(new Cell(ids.of(place), Style.YELLOW), Cell.of(place.at("title").text()), new Cell(context, Style.DIM));
            }
        }
        columns.print(session.out(), session.terminal());
        long others = name.at("count").number() - shown;
        if (others > 0) {
            session.out().line("  and " + others + " more");
        }
    }
}
