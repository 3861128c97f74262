package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;
import java.util.Map;

final class Help implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("help", "every command, or one of them").optionalWord("COMMAND", "such as search");
    }

    @Override
    public int run(Arguments given, Session session) {
        if (given.optionalWord(0).isPresent()) {
            Syntax syntax = Commands.named(given.word(0)).syntax();
            session.out().text(new Parser(syntax).help(session.shell()));
        } else if (session.json()) {
            session.out().data(json().toString());
        } else {
            print(session);
        }
        return 0;
    }

    private static Json json() {
        List<Map<String, Object>> commands = Commands.NAMES.stream()
                .filter(name -> !name.isEmpty())
                .map(name -> Json.object(
                        "name", name, "summary", Commands.named(name).syntax().summary()))
                .toList();
        return new Json(commands);
    }

    private static void print(Session session) {
        var columns = new Columns("  ");
        for (String name : Commands.NAMES) {
            columns.row(
                    new Cell(name, Style.BOLD),
                    Cell.of(name.isEmpty() ? "" : Commands.named(name).syntax().summary()));
        }
        session.out().line("heph COMMAND …").line("");
        columns.print(session.out(), session.terminal());
        session.out().line("");
        session.out().line("One of them: heph help COMMAND. Every command takes --json and --home DIR.");
        session.out().line("A NOTE or TASK is a short id (k3f9), a title or an alias.");
    }
}
