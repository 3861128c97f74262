package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;

final class Version implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("version", "the version of heph");
    }

    @Override
    public int run(Arguments given, Session session) {
        String version = dev.heph.settings.Version.CURRENT;
        if (session.json()) {
            session.out().data(new Json(Json.object("version", version)).toString());
        } else {
            session.out().line("heph " + version);
        }
        return 0;
    }
}
