package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.error.Reason;

final class Health implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("health", "how the services are, and what is in the data; exit code 69 if one is away");
    }

    @Override
    public int run(Arguments given, Session session) {
        Result result = session.call("health");
        Json health = result.json();
        if (!session.printed(result)) {
            print(health, session);
        }
        return health.at("status").text().equals("up") ? 0 : Reason.AWAY.exitCode();
    }

    private static void print(Json health, Session session) {
        var columns = new Columns();
        for (Json service : health.at("services").list()) {
            String status = service.at("status").text();
            columns.row(
                    Cell.of(service.at("name").text()),
                    new Cell(status, status.equals("up") ? Style.GREEN : Style.RED),
                    Cell.of(service.at("detail").text()));
        }
        columns.print(session.out(), session.terminal());
        session.out()
                .line(count(health, "note") + " notes · " + count(health, "active") + " tasks · "
                        + count(health, "orange") + " orange · " + count(health, "on_deck") + " on deck · "
                        + count(health, "conflict") + " conflicts · sync "
                        + health.at("sync_status").text());
        if (health.at("unapplied_count").number() > 0) {
            session.out()
                    .line(count(health, "unapplied")
                            + " changes come from a newer heph and wait for an upgrade of this one");
        }
    }

    private static String count(Json health, String what) {
        String count = health.at(what + "_count").text();
        return count.isEmpty() ? "?" : count;
    }
}
