package dev.heph.store.api;

import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.runtime.Lines;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Tells whoever streams {@code /changes} what a commit changed. A reader that falls too far behind is cut off and comes back. */
final class Changes implements Lines.Source {
    private static final int BACKLOG = 100_000;
    private static final long HEARTBEAT_SECONDS = 10;

    private record Changed(Id id, String origin) {}

    private final Function<Id, String> rev;
    private final Set<BlockingQueue<Changed>> readers = ConcurrentHashMap.newKeySet();

    /** @param rev the rev that a node's body has now */
    Changes(Function<Id, String> rev) {
        this.rev = rev;
    }

    void publish(Set<Id> ids, String origin) {
        for (BlockingQueue<Changed> reader : readers) {
            for (Id id : ids) {
                if (!reader.offer(new Changed(id, origin))) {
                    readers.remove(reader);
                    break;
                }
            }
        }
    }

    @Override
    public void feed(Lines lines) throws IOException, InterruptedException {
        BlockingQueue<Changed> queue = new LinkedBlockingQueue<>(BACKLOG);
        readers.add(queue);
        try {
            // From this line on the reader misses nothing.
            lines.send("");
            while (readers.contains(queue) || !queue.isEmpty()) {
                Changed changed = queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                lines.send(changed == null ? "" : line(changed));
            }
        } finally {
            readers.remove(queue);
        }
    }

    private String line(Changed changed) {
        return Json.object()
                .put("id", changed.id().toString())
                .put("rev", rev.apply(changed.id()))
                .put("origin", changed.origin())
                .toString();
    }
}
