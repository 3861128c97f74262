package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.HashSet;
import java.util.List;

final class Links implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("links", "what a note links to")
                .word("NOTE", "a short id, a title or an alias")
                .example("heph links k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json node = session.notes().find(given.word(0));
        Result result = session.call("links.outgoing", "id", node.at("id").text());
        if (!session.printed(result)) {
            print(node, result.json().list(), session);
        }
        return 0;
    }

    /** Each end once: a text may refer to it often. */
    private static void print(Json node, List<Json> links, Session session) {
        ShortIds ids =
                ShortIds.ofIds(links.stream().map(link -> link.at("dst").text()).toList());
        var columns = new Columns();
        var seen = new HashSet<String>();
        for (Json link : links) {
            boolean resolved = !link.at("dst").isNull();
            if (!seen.add(link.at("type").text() + " " + (resolved ? link.at("dst") : link.at("title")).text())) {
                continue;
            }
            columns.row(
                    Cell.of(link.at("type").text()),
                    new Cell(resolved ? ids.of(link.at("dst").text()) : "-", Style.YELLOW),
                    Cell.of(link.at("title").text()),
                    new Cell(resolved ? "" : link.at("file").truth() ? "a file" : "no such note yet", Style.DIM));
        }
        columns.print(session.out(), session.terminal());
        if (links.isEmpty()) {
            session.shell().say(Label.title(node) + " links to nothing.");
        }
    }
}
