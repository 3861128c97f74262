package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import java.util.ArrayList;
import java.util.List;

final class Doctor implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("doctor", "check the data; exit code 1 if something is wrong")
                .flag("--rebuild-check", "also rebuild everything from the log and compare")
                .flag("--compare", "also sync, and compare with what the hub has");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json report = session.callLong("doctor", "rebuild_check", given.flag("--rebuild-check") ? true : null).json();
        List<Json> checks = new ArrayList<>(report.at("checks").list());
        boolean sound = report.at("ok").truth();
        if (given.flag("--compare")) {
            Json compared = session.callLong("sync.compare").json();
            checks.addAll(compared.at("checks").list());
            sound &= compared.at("ok").truth();
        }
        if (session.json()) {
            session.out().data(new Json(Json.object("ok", sound, "checks", checks)).toString());
        } else {
            var columns = new Columns();
            for (Json check : checks) {
                columns.row(
                        Findings.cell(check),
                        Cell.of(check.at("name").text()),
                        Cell.of(check.at("detail").text()));
            }
            columns.print(session.out(), session.terminal());
        }
        return Findings.exitCode(sound, checks);
    }
}
