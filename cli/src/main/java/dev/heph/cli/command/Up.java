package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;

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
                    .line(new Json(Json.object("started", up.started(), "pid", up.pid(), "ms", millis)).toString());
        } else if (up.started()) {
            session.out().line(session.styled(Style.GREEN, "heph is up") + " after " + Times.seconds(millis));
        } else {
            session.out().line("heph is running already (pid " + up.pid() + ")");
        }
        session.daemon().remark().ifPresent(line -> session.shell().say("heph: " + line));
        return 0;
    }
}
