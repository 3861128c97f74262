package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.markdown.Extraction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Reads markdown on another thread, ahead of the writer: what is in a text depends on nothing else, and it is a sixth of an import. Texts are read in
 * the order in which they will be wanted; one that is wanted before its turn is read by who wants it.
 */
final class ReadAhead {
    /** Fewer texts are read before a thread has begun. */
    private static final int MANY = 8;

    private final Map<String, FutureTask<Extraction>> readings = new HashMap<>();

    /**
     * Begins to read some texts.
     *
     * @param ids in the order in which they will be wanted
     * @param text what is in one of them
     */
    void expect(List<Id> ids, Function<Id, String> text) {
        readings.clear();
        if (ids.size() < MANY) {
            return;
        }
        List<FutureTask<Extraction>> inOrder = ids.stream()
                .map(text)
                .map(body -> readings.computeIfAbsent(body, any -> new FutureTask<>(() -> Extraction.of(body))))
                .toList();
        Thread.ofPlatform().daemon().name("store-markdown").start(() -> inOrder.forEach(FutureTask::run));
    }

    /** What is in a text. */
    Extraction of(String body) {
        FutureTask<Extraction> reading = readings.remove(body);
        if (reading == null) {
            return Extraction.of(body);
        }
        reading.run(); // nothing, if that was begun
        try {
            return reading.get();
        } catch (ExecutionException e) {
            return Extraction.of(body); // fails here as well, and says why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Extraction.of(body);
        }
    }
}
