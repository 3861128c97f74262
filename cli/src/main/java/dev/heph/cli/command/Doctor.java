package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;

final class Doctor implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("doctor", "check the data; exit code 1 if something is wrong")
                .flag("--rebuild-check", "also rebuild everything from the log and compare");
    }

    @Override
    public int run(Arguments given, Session session) {
        Result result = session.callLong("doctor", "rebuild_check", given.flag("--rebuild-check") ? true : null);
        Json report = result.json();
        if (!session.printed(result)) {
            var columns = new Columns();
            for (Json check : report.at("checks").list()) {
                boolean ok = check.at("ok").truth();
                columns.row(
                        new Cell(ok ? "ok" : "WRONG", ok ? Style.GREEN : Style.RED),
                        Cell.of(check.at("name").text()),
                        Cell.of(check.at("detail").text()));
            }
            columns.print(session.out(), session.terminal());
        }
        return report.at("ok").truth() ? 0 : 1;
    }
}
