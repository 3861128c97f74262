package dev.heph.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.service.Store;
import dev.heph.runtime.Json;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The parts of one import, sent to the store one after the other, and counted as they are settled. Several may be under
 * way, so that files are read on while the store works; the last one goes alone, behind all others.
 */
public final class Parts {
    /** @param settled what to do with the answer */
    private record Sent(CompletableFuture<JsonNode> answer, Consumer<JsonNode> settled) {}

    private final Store store;
    private final Call call;
    private final int atOnce;
    private final UnaryOperator<HephException> stopped;
    private final Queue<Sent> underWay = new ArrayDeque<>();
    private long created;
    private long updated;
    private long unchanged;

    /**
     * @param atOnce how many may be under way; 1 where what is in one part refers to what is in those before
     * @param stopped says of a problem how far the import came
     */
    public Parts(Store store, Call call, int atOnce, UnaryOperator<HephException> stopped) {
        this.store = store;
        this.call = call;
        this.atOnce = atOnce;
        this.stopped = stopped;
    }

    /**
     * Sends a part when there is room for it.
     *
     * @param settled gets the store's answer, in the order in which parts were sent
     * @throws HephException if the store gave up on this part or one before, or who asked for the import is gone
     */
    public void send(Part part, Consumer<JsonNode> settled) {
        send(part, false, settled, atOnce - 1);
    }

    /** As {@link #send}, when all others are settled: what is in this part depends on what became of what is in those. */
    public void sendInTurn(Part part, Consumer<JsonNode> settled) {
        send(part, false, settled, 0);
    }

    /** Sends the last part when all others are settled, and waits for it. */
    public void sendLast(Part part, Consumer<JsonNode> settled) {
        send(part, true, settled, 0);
        settleAllBut(0);
    }

    /** Writes how many were created, updated and unchanged. */
    public void count(ObjectNode result) {
        result.put("created", created).put("updated", updated).put("unchanged", unchanged);
    }

    private void send(Part part, boolean last, Consumer<JsonNode> settled, int others) {
        byte[] params = part.end(last);
        settleAllBut(others);
        if (!call.session().open()) {
            throw stopped.apply(new HephException(Reason.AWAY, "who asked for it is gone"));
        }
        underWay.add(new Sent(
                CompletableFuture.supplyAsync(
                        () -> Json.read(store.call(part.method(), params, call.client(), Store.PATIENT)),
                        task -> Thread.ofVirtual().name("import").start(task)),
                settled));
    }

    private void settleAllBut(int left) {
        while (underWay.size() > left) {
            settle(underWay.remove());
        }
    }

    private void settle(Sent sent) {
        JsonNode answer;
        try {
            answer = sent.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HephException problem) {
                throw stopped.apply(problem);
            }
            throw e;
        }
        created += answer.path("created").asLong();
        updated += answer.path("updated").asLong();
        unchanged += answer.path("unchanged").asLong();
        sent.settled().accept(answer);
    }
}
