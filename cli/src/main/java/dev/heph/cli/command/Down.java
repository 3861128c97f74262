package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;

final class Down implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("down", "stop the daemon; what is under way is finished first");
    }

    @Override
    public int run(Arguments given, Session session) {
        boolean stopped = session.daemon().down();
        if (session.json()) {
            session.out().data(new Json(Json.object("stopped", stopped)).toString());
        } else {
            session.out().line(stopped ? "heph is down" : "heph was not running");
        }
        return 0;
    }
}
