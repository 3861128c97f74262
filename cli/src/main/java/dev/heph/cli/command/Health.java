package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.error.Reason;
import java.util.List;

final class Health implements Command {
    /** A count is null while the store is away: then nothing is said of it. */
    private static final List<String> COUNTS = List.of("note", "active", "orange", "on_deck", "conflict");

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

    /** {@code 1 note}, {@code 2 notes}, {@code 2 on deck}. */
    private static String words(String what, long count) {
        boolean noun = what.equals("note") || what.equals("conflict");
        return what.replace('_', ' ') + (noun && count != 1 ? "s" : "");
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
        for (String what : COUNTS) {
            Json count = health.at(what + "_count");
            if (!count.isNull()) {
                session.out().text(count.text() + " " + words(what, count.number()) + " · ");
            }
        }
        session.out().line("sync: " + health.at("sync_status").text());
        if (health.at("unapplied_count").number() > 0) {
            session.out()
                    .line(health.at("unapplied_count").text()
                            + " changes come from a newer heph and wait for an upgrade of this one");
        }
    }
}
