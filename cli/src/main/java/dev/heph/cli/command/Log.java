package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.List;

/** {@code heph log}: what happened with a task. The services' logs are {@code heph logs}. */
final class Log implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("log", "add an entry to a task's log; without a text, show it (the services' logs: heph logs)")
                .word("TASK", "a short id or a title")
                .optionalWords("TEXT", "the entry; no quotes needed")
                .dashWords()
                .example("heph log k3f9 Called them, they call back on Monday")
                .example("heph log k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json task = session.notes().find(given.word(0), "task");
        String id = task.at("id").text();
        String text = given.sentence(1);
        Result result = text.isEmpty() ? session.call("log.list", "id", id) : session.call("log.append", "id", id, "text", text);
        if (session.printed(result)) {
            return 0;
        }
        if (text.isEmpty()) {
            print(result.json().list(), "", session);
            sayNothing(task, result.json().list(), session);
        } else {
            session.out().line("Logged " + Label.of(session, task) + " · " + Width.line(text));
        }
        return 0;
    }

    static void print(List<Json> entries, String indent, Session session) {
        var columns = new Columns(indent);
        for (Json entry : entries) {
            columns.row(
                    new Cell(Times.minute(entry.at("at").number(), session.zone()), Style.DIM),
                    Cell.of(entry.at("text").text()));
        }
        columns.print(session.out(), session.terminal());
    }

    private static void sayNothing(Json task, List<Json> entries, Session session) {
        if (entries.isEmpty()) {
            String id = ShortIds.alone(task);
            session.shell().say(Label.title(task) + " has no log yet. Begin: heph log " + id + " 'What happened'");
        }
    }
}
