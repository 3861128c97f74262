package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.Result;
import java.util.List;
import java.util.Map;

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
        List<Json> items = session.notes().findAll(given.words(0), "task");
        Map<String, Object> params = Notes.named(items);
        params.put("state", off ? "done" : "outstanding");
        Result result = session.call(new Request("item.set_state", params));
        if (!session.printed(result)) {
            items.forEach(item -> session.out().line((off ? "Checked " : "Unchecked ") + Label.of(session, item)));
        }
        return 0;
    }
}
