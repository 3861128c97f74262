package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.error.HephException;
import java.util.List;
import java.util.function.Consumer;

/** Does one thing to several nodes. A name that cannot be done is said, and the others are done all the same. */
final class Each {
    private static final int PARTLY = 2;

    private final Session session;
    private final String kind;

    /** @param kind the only kind that will do, or null */
    Each(Session session, String kind) {
        this.session = session;
        this.kind = kind;
    }

    /** @return 0; 2 if some were done and some not; if none was, the code of what went wrong first */
    int of(List<String> names, Consumer<Json> action) {
        HephException first = null;
        int failed = 0;
        for (String name : names) {
            try {
                action.accept(session.notes().find(name, kind));
            } catch (HephException e) {
                if (names.size() == 1) {
                    throw e;
                }
                session.shell().say("heph: " + e.getMessage());
                first = first == null ? e : first;
                failed++;
            }
        }
        if (first == null) {
            return 0;
        }
        return failed == names.size() ? first.reason().exitCode() : PARTLY;
    }
}
