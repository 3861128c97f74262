package dev.heph.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;

/** A real HTTP server that speaks the store's side of docs/design/processes.md and keeps what it was asked. */
final class FakeStore implements AutoCloseable {
    static final String ID = "01J00000000000000000000K3F";

    /** @param client empty: none was named */
    record Asked(String method, JsonNode params, String client) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Call> answers = new ConcurrentHashMap<>();
    private final Set<BlockingQueue<String>> listeners = new CopyOnWriteArraySet<>();
    private final Home home;
    private ServiceServer server;

    FakeStore(Home home) {
        this.home = home;
        answer("node.get", params -> Json.object().put("id", ID).put("title", params.path("id").asText()));
        answer("node.update", params -> Json.object().put("id", ID));
        answer("import.files", params -> Json.object());
        start();
    }

    FakeStore answer(String method, Call.Plain answer) {
        answers.put(method, Call.of(answer));
        return this;
    }

    FakeStore answerRaw(String method, String json) {
        answers.put(method, request -> Answer.raw(json));
        return this;
    }

    /** Tells everyone who listens to {@code /changes}. */
    void change(String id, String rev, String origin) {
        String line = Json.object().put("id", id).put("rev", rev).put("origin", origin).toString();
        listeners.forEach(listener -> listener.add(line));
    }

    int listeners() {
        return listeners.size();
    }

    void start() {
        ServiceServer.Builder builder = ServiceServer.of("store", home, Clock.systemUTC())
                .health(() -> new Health(true, "fine", Map.of("note_count", 7, "orange_count", 1)))
                .stream("/changes", lines -> {
                    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
                    listeners.add(queue);
                    try {
                        lines.send("");
                        while (true) {
                            lines.send(queue.take());
                        }
                    } finally {
                        listeners.remove(queue);
                    }
                });
        for (String method : List.of("node.get", "node.resolve", "node.update", "node.create", "node.list", "journal.open_or_create", "journal.of", "journal.near",
                "search", "next", "doctor", "backup", "device.list", "import.batch", "import.nodes", "import.files",
                "export.page", "task.create", "task.import")) {
            builder.call(method, request -> {
                asked.add(new Asked(method, request.params(), request.client().orElse("")));
                Call answer = answers.get(method);
                if (answer == null) {
                    throw new HephException(Reason.INTERNAL, "the fake store has no answer for " + method);
                }
                return answer.answer(request);
            });
        }
        server = builder.start();
        server.announce();
    }

    @Override
    public void close() {
        server.close();
    }
}
