package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;

/** What there is to tick off in a note or task. It is a task only once {@code heph promote} makes it one. */
final class Item implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("item", "add something to tick off to a note or task; without a title, list them")
                .word("NOTE", "a short id, a title or an alias")
                .optionalWords("TITLE", "what it is; no quotes needed")
                .dashWords()
                .example("heph item k3f9 Two metres of cable")
                .example("heph item k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json container = session.notes().find(given.word(0));
        String id = container.at("id").text();
        String title = given.sentence(1);
        Result result = title.isEmpty()
                ? session.call("item.list", "container", id)
                : session.call("item.add", "container", id, "title", title);
        if (session.printed(result)) {
            return 0;
        }
        if (title.isEmpty()) {
            List<Json> items = result.json().list();
            print(items, "", session);
            if (items.isEmpty()) {
                session.shell().say(Label.title(container) + " has no items. Begin: heph item " + ShortIds.alone(container)
                        + " 'Something to tick off'");
            }
        } else {
            session.out().line("Added " + Label.of(session, result.json()) + " · in " + Label.title(container));
        }
        return 0;
    }

    static void print(List<Json> items, String indent, Session session) {
        ShortIds ids = ShortIds.of(items);
        var columns = new Columns(indent);
        for (Json item : items) {
            String state = item.at("state").text();
            columns.row(
                    new Cell(ids.of(item), Style.YELLOW),
                    Cell.of(mark(state)),
                    new Cell(item.at("title").text(), state.equals("outstanding") ? Style.PLAIN : Style.DIM));
        }
        columns.print(session.out(), session.terminal());
    }

    /** As markdown has them. */
    private static String mark(String state) {
        return switch (state) {
            case "done" -> "[x]";
            case "dropped" -> "[-]";
            default -> "[ ]";
        };
    }
}
