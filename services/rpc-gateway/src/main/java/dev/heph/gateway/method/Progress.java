package dev.heph.gateway.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.heph.gateway.rpc.Replies;
import dev.heph.gateway.rpc.Session;
import dev.heph.gateway.rpc.Slice;
import dev.heph.runtime.Json;
import java.util.Optional;

/**
 * Tells a client how far its long request has come: the first and the last step, and in between no more than 20 a
 * second.
 */
public final class Progress {
    private static final long PAUSE_NANOS = 50_000_000;

    private final Session session;
    private final Optional<Slice> request;
    private boolean told;
    private long lastNanos;

    Progress(Session session, Optional<Slice> request) {
        this.session = session;
        this.request = request;
    }

    /**
     * @param total 0 while it is not known
     * @param note what is being done, for a person
     */
    public void at(long done, long total, String note) {
        long now = System.nanoTime();
        boolean ends = done == total && total > 0;
        if (request.isEmpty() || told && !ends && now - lastNanos < PAUSE_NANOS) {
            return;
        }
        told = true;
        lastNanos = now;
        ObjectNode params = Json.object();
        params.putRawValue("request", new RawValue(request.get().toString()));
        params.put("done", done).put("total", total).put("note", note);
        session.hint(Replies.notification("progress", Json.bytes(params)));
    }
}
