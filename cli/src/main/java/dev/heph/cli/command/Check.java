package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

/** {@code check} and {@code uncheck}: ticks context items off. */
final class Check implements Command {
    private final boolean off;

    private Check(boolean off) {
        this.off = off;
    }

    static Check off() {
        return new Check(true);
    }

    static Check on() {
        return new Check(false);
    }

    @Override
    public Syntax syntax() {
        String name = off ? "check" : "uncheck";
        return Syntax.asking(name, off ? "tick items of a note or task off" : "make ticked items open again")
                .words("ITEM", "short ids or titles; heph item NOTE lists them")
                .example("heph " + name + " k3f9 m2x1");
    }

    @Override
    public int run(Arguments given, Session session) {
        return new Each(session, "task").of(given.words(0), item -> set(item, session));
    }

    private void set(Json item, Session session) {
        Result result = session.call("item.set_state", "id", item.at("id").text(), "state", off ? "done" : "outstanding");
        if (!session.printed(result)) {
            session.out().line((off ? "Checked " : "Unchecked ") + Label.of(session, item));
        }
    }
}
