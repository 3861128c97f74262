package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.List;
import java.util.stream.Stream;

/** What a hub tells who runs it, of everybody: said on its machine, or in its pod. */
final class HubOperation {
    static final List<String> ACTIONS = List.of("users", "devices", "stats", "verify");

    private final String action;
    private final Session session;

    HubOperation(String action, Session session) {
        this.action = action;
        this.session = session;
    }

    int run() {
        Result result = session.callLong("hub." + action);
        if (!session.printed(result)) {
            switch (action) {
                case "users" -> users(result.json().list());
                case "devices" -> devices(result.json().list());
                case "stats" -> stats(result.json());
                default -> verified(result.json());
            }
        }
        return action.equals("verify") ? Findings.exitCode(result.json().at("ok").truth(), findings(result.json())) : 0;
    }

    private void users(List<Json> users) {
        var columns = new Columns();
        for (Json user : users) {
            boolean broken = !user.at("error").isNull();
            columns.row(
                    new Cell(name(user), Style.BOLD),
                    Cell.of(broken ? "" : counted(user.at("devices").number(), "device")),
                    Cell.of(broken ? "" : counted(user.at("ops").number(), "op")),
                    Cell.of(broken ? "" : Backup.size(user.at("bytes").number())),
                    broken ? new Cell(user.at("error").text(), Style.RED) : Cell.of(ago("seen", user.at("seen_at"))),
                    new Cell(user.at("subject").text(), Style.DIM));
        }
        columns.print(session.out(), session.terminal());
    }

    private void devices(List<Json> devices) {
        ShortIds ids = ShortIds.of(devices.stream().filter(device -> device.at("error").isNull()).toList());
        var columns = new Columns();
        for (Json device : devices) {
            boolean broken = !device.at("error").isNull();
            columns.row(
                    Cell.of(broken ? name(device) : device.at("user").text()),
                    new Cell(broken ? "" : ids.of(device), Style.DIM),
                    new Cell(broken ? "" : device.at("name").text(), Style.BOLD),
                    broken ? new Cell(device.at("error").text(), Style.RED) : Cell.of(ago("asked", device.at("pulled_at"))),
                    Cell.of(device.at("pushed_at").isNull() ? "" : ago("sent", device.at("pushed_at"))),
                    Cell.of(lag(device)));
        }
        columns.print(session.out(), session.terminal());
    }

    private static String lag(Json device) {
        if (device.at("revoked").truth()) {
            return "revoked";
        }
        Json lag = device.at("lag");
        return lag.isNull() ? "" : lag.number() == 0 ? "has everything" : "lacks " + counted(lag.number(), "op");
    }

    private void stats(Json stats) {
        var columns = new Columns();
        columns.row(Cell.of("up since"), Cell.of(Times.minute(stats.at("started_at").number(), session.zone())));
        columns.row(Cell.of("databases"), Cell.of(Backup.size(stats.at("bytes").number()) + ", " + Backup.size(stats.at("disk_free_bytes").number()) + " free"));
        columns.row(Cell.of("users"), Cell.of("%,d, %,d of them open".formatted(stats.at("users").number(), stats.at("spaces_open").number())));
        for (String figure : List.of("devices", "ops", "bundles", "segments", "conflicts", "unapplied", "waiting_bundles", "writer_queue")) {
            columns.row(Cell.of(figure.replace('_', ' ')), Cell.of("%,d".formatted(stats.at(figure).number())));
        }
        columns.print(session.out(), session.terminal());
        if (stats.at("broken").number() > 0) {
            session.shell().say(counted(stats.at("broken").number(), "space") + " cannot be opened and is not counted. Which: heph hub users");
        }
    }

    private void verified(Json verified) {
        for (Json space : verified.at("spaces").list()) {
            var columns = new Columns("  ");
            session.out().line(Width.line(name(space)) + "  " + session.styled(Style.DIM, space.at("space").text()));
            space.at("checks").list().forEach(check -> columns.row(Findings.cell(check), Cell.of(check.at("name").text()), Cell.of(check.at("detail").text())));
            if (!space.at("error").isNull()) {
                columns.row(Findings.cell(space), Cell.of("database"), Cell.of(space.at("error").text()));
            }
            columns.print(session.out(), session.terminal());
        }
    }

    private static List<Json> findings(Json verified) {
        return verified.at("spaces").list().stream()
                .flatMap(space -> space.at("error").isNull() ? space.at("checks").list().stream() : Stream.of(space)).toList();
    }

    /** Nobody has a name where there is no login. */
    private static String name(Json user) {
        String name = user.at("name").text();
        return !name.isEmpty() ? name : user.at("space").text().equals("personal") ? "(without a login)" : user.at("space").text();
    }

    private String ago(String what, Json at) {
        return at.isNull() ? "never " + what : what + " " + SyncStanding.ago(at.number(), session);
    }

    private static String counted(long count, String what) {
        return "%,d ".formatted(count) + what + (count == 1 ? "" : "s");
    }
}
