package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;

/** {@code heph tag} without a task: the tags, and on how many notes and tasks each is. */
final class TagList {
    int run(Arguments given, Session session) {
        Result result = session.call("tag.list");
        if (!session.printed(result)) {
            print(result.json().list(), session);
        }
        return 0;
    }

    private static void print(List<Json> tags, Session session) {
        var columns = new Columns();
        for (Json tag : tags) {
            columns.row(new Cell("#" + tag.at("tag").text(), Style.BLUE), Cell.of(tag.at("count").text()));
        }
        columns.print(session.out(), session.terminal());
        if (tags.isEmpty()) {
            session.shell().say("No tags yet. Begin: heph tag TASK home, or heph add 'Buy milk #home'");
        }
    }
}
