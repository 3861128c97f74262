package dev.heph.store.api;

import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.runtime.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells whoever streams {@code /changes} what a commit changed. A reader that falls too far behind is cut off and comes back. */
final class Changes implements Lines.Source {
    private static final int BACKLOG = 100_000;
    private static final int AT_ONCE = 200;
    private static final long HEARTBEAT_SECONDS = 10;

    private record Changed(Id id, String origin) {}

    private final Function<Set<Id>, Map<Id, String>> revs;
    private final Set<BlockingQueue<Changed>> readers = ConcurrentHashMap.newKeySet();

    /** @param revs the revs that the bodies of these nodes have now */
    Changes(Function<Set<Id>, Map<Id, String>> revs) {
        this.revs = revs;
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
                send(next(queue), lines);
            }
        } finally {
            readers.remove(queue);
        }
    }

    /** What has come, waiting for the first; nothing when nothing comes. */
    private static List<Changed> next(BlockingQueue<Changed> queue) throws InterruptedException {
        List<Changed> next = new ArrayList<>();
        Changed first = queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (first != null) {
            next.add(first);
            queue.drainTo(next, AT_ONCE - 1);
        }
        return next;
    }

    private void send(List<Changed> next, Lines lines) throws IOException {
        if (next.isEmpty()) {
            lines.send("");
            return;
        }
        Map<Id, String> now = revs.apply(next.stream().map(Changed::id).collect(Collectors.toSet()));
        lines.send(next.stream().map(changed -> Json.object()
                        .put("id", changed.id().toString())
                        .put("rev", now.get(changed.id()))
                        .put("origin", changed.origin())
                        .toString())
                .collect(Collectors.joining("\n"))); // at once: what one commit changed wakes the other end once
    }
}
