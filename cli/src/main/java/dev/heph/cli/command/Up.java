package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;
import dev.heph.settings.Flags;
import java.util.ArrayList;
import java.util.List;

final class Up implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("up", "start the daemon: four processes, ready when this returns")
                .flag("--light", "all four services in one process, for a small machine")
                .option("--hub-url", "URL", "the hub to sync with")
                .option("--http-address", "HOST:PORT", "where a hub listens")
                .option("--mode", "MODE", "device or hub")
                .option("--zone", "ZONE", "time zone of bare dates")
                .option("--day-starts", "TIME", "when a new day begins")
                .option("--journal-template", "NOTE", "what a new journal begins with")
                .option("--log-level", "LEVEL", "DEBUG, INFO, WARNING or ERROR")
                .example("heph up")
                .example("HEPH_HOME=~/second heph up --light");
    }

    @Override
    public int run(Arguments given, Session session) {
        long start = session.shell().clock().millis();
        dev.heph.launcher.Up up = session.daemon().up(given.flag("--light"));
        long millis = session.shell().clock().millis() - start;
        if (session.json()) {
            session.out()
                    .data(new Json(Json.object("started", up.started(), "pid", up.pid(), "ms", millis)).toString());
        } else if (up.started()) {
            session.out().line(session.styled(Style.GREEN, "heph is up") + " after " + Times.seconds(millis));
        } else {
            session.out().line("heph is running already (pid " + up.pid() + ")");
        }
        String ignored = ignored(given);
        if (!up.started() && !ignored.isEmpty()) {
            session.shell().say("heph: it goes on as it was started, without " + ignored
                    + ". To apply that: heph down, then heph up " + ignored);
        }
        session.daemon().remark().ifPresent(line -> session.shell().say("heph: " + line));
        return 0;
    }

    /** What was typed that only a start can heed, as it was typed. */
    private static String ignored(Arguments given) {
        List<String> flags = new ArrayList<>(given.flag("--light") ? List.of("--light") : List.of());
        for (String flag : Flags.all()) {
            if (!flag.equals("--home") && !flag.equals("--light")) {
                given.option(flag).ifPresent(value -> flags.add(flag + " " + value));
            }
        }
        return String.join(" ", flags);
    }
}
