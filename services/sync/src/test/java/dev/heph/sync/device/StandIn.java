package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Call;
import dev.heph.runtime.Json;
import dev.heph.runtime.Request;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** A fake store or hub as the service {@code store}, over real HTTP. */
public final class StandIn implements AutoCloseable {
    private final ServiceServer server;
    private final Set<BlockingQueue<String>> readers = new CopyOnWriteArraySet<>();

    private StandIn(ServiceServer.Builder builder) {
        server = builder.stream("/log", lines -> {
                    var queue = new LinkedBlockingQueue<String>();
                    readers.add(queue);
                    try {
                        lines.send("");
                        while (true) {
                            lines.send(queue.take());
                        }
                    } finally {
                        readers.remove(queue);
                    }
                })
                .start();
        server.announce();
    }

    /** The store of a hub. */
    static StandIn of(FakeHub hub, Home home) {
        return new StandIn(ServiceServer.of("store", home, Clock.systemUTC())
                .call("exchange.state", Call.of(params -> Json.object()
                        .put("mode", "hub")
                        .put("epoch", hub.epoch)
                        .put("n", hub.order.size())))
                .call("exchange.page", request -> locked(hub, () -> {
                    JsonNode asked = request.params();
                    return Answer.raw(hub.pull(asked, asked.path("known").asLong()));
                }))
                .call("exchange.take", request -> locked(hub, () -> take(hub, request)))
                .call("exchange.vector", request -> locked(hub, () -> Answer.of(hub.vector()))));
    }

    /** The store of a device. */
    static StandIn of(FakeStore store, Home home) {
        return new StandIn(ServiceServer.of("store", home, Clock.systemUTC())
                .call("exchange.state", request -> locked(store, () -> Answer.of(store.state())))
                .call("exchange.join", request -> locked(store, () -> {
                    store.join(URI.create(request.params().path("url").asText()));
                    return Answer.of(Json.object());
                }))
                .call("exchange.leave", request -> locked(store, () -> done(store::leave)))
                .call("exchange.cursor", request -> locked(store, () -> Answer.of(store.cursor())))
                .call("exchange.apply", request -> locked(store, () -> Answer.of(store.apply(request.body()))))
                .call("exchange.offer", request -> locked(store, () -> Answer.raw(request.params().has("heads")
                        ? store.offer(Heads.of(request.params().path("heads")))
                        : store.offer())))
                .call("exchange.acknowledged", request -> locked(store, () -> Answer.of(store.acknowledged(request.params()))))
                .call("exchange.synced", request -> locked(store, () -> done(store::synced))));
    }

    /** Tells everyone who listens to {@code /log}. */
    void grown(long seq, long n) {
        String line = Json.object().put("seq", seq).put("n", n).toString();
        readers.forEach(reader -> reader.add(line));
    }

    int readers() {
        return readers.size();
    }

    @Override
    public void close() {
        server.close();
    }

    private static Answer take(FakeHub hub, Request request) {
        try {
            return Answer.of(hub.push(request.body()));
        } catch (HubTrouble conflict) {
            throw new HephException(conflict.reason(), conflict.getMessage());
        }
    }

    private static Answer done(Runnable call) {
        call.run();
        return Answer.of(Json.object());
    }

    private static Answer locked(Object fake, Supplier<Answer> call) {
        synchronized (fake) {
            return call.get();
        }
    }
}
