package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.HashSet;
import java.util.List;

final class Backlinks implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("backlinks", "what links to a note, with the sentences that do")
                .word("NOTE", "a short id, a title or an alias")
                .example("heph backlinks Budget");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json node = session.notes().find(given.word(0));
        Result result = session.call("links.backlinks", "id", node.at("id").text());
        if (!session.printed(result)) {
            List<Json> links = result.json().list();
            print(links, "", session);
            if (links.isEmpty()) {
                session.shell().say("Nothing links to " + Label.title(node) + ".");
            }
        }
        return 0;
    }

    /**
     * The other ends, each sentence that links once (a note may say the same thing often); a link that is not in a text
     * says its type instead.
     */
    static void print(List<Json> links, String indent, Session session) {
        ShortIds ids =
                ShortIds.ofIds(links.stream().map(link -> link.at("src").text()).toList());
        var seen = new HashSet<String>();
        var columns = new Columns(indent);
        for (Json link : links) {
            String context = link.at("context").text().strip();
            String line = context.isEmpty() ? link.at("type").text() : context;
            if (seen.add(link.at("src").text() + line)) {
                columns.row(
                        new Cell(ids.of(link.at("src").text()), Style.YELLOW),
                        Cell.of(link.at("title").text()),
                        new Cell(line, Style.DIM));
            }
        }
        columns.print(session.out(), session.terminal());
    }
}
