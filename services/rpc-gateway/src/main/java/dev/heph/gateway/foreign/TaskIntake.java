package dev.heph.gateway.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Progress;
import dev.heph.gateway.service.Store;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One run of an import of tasks: has a file read and the store take in what is found, a batch at a time, reading on
 * while the store works. The last batch goes alone, behind all others.
 */
final class TaskIntake implements Findings {
    private static final int AT_ONCE = 1;

    private record Skipped(String path, String reason) {}

    private record Sent(Batch batch, CompletableFuture<JsonNode> answer) {}

    private final Store store;
    private final Call call;
    private final Progress progress;
    private final Source source;
    private final String action;
    private final Order order = new Order(this::put);
    private final List<Skipped> skipped = new ArrayList<>();
    private final Queue<Sent> underWay = new ArrayDeque<>();
    private Batch batch;

    private long seen;
    private long done;
    private long created;
    private long updated;
    private long unchanged;

    TaskIntake(Store store, Call call, Source source, String action) {
        this.store = store;
        this.call = call;
        this.progress = call.progress();
        this.source = source;
        this.action = action;
        this.batch = new Batch(source.name(), action);
    }

    /**
     * @throws HephException if the store gave up; says how far the import came
     * @throws IOException if the file cannot be read to its end
     */
    void run(InputStream in) throws IOException {
        progress.at(0, 0, "importing");
        source.read(in, this);
        int unblocked = order.end();
        if (unblocked > 0) {
            skipped("attribute 'depends'", (unblocked == 1 ? "1 task waits" : unblocked + " tasks wait")
                    + " for some that are not in this file; only if those came in before is it so in heph");
        }
        if (batch.size() > 0) {
            send(true);
            settleAllBut(0);
        }
        progress.at(seen, seen, "importing");
    }

    @Override
    public void seen() {
        seen++;
    }

    @Override
    public void task(ForeignTask task) {
        task.complaint().ifPresentOrElse(complaint -> skipped(task.label(), complaint), () -> {
            if (!order.add(task)) {
                skipped(task.label(), "is in the file twice: the first one came in");
            }
        });
    }

    @Override
    public void skipped(String where, String reason) {
        skipped.add(new Skipped(where, reason));
    }

    /** Writes what became of it. */
    void sumUp(ObjectNode result) {
        result.put("files", seen).put("created", created).put("updated", updated).put("unchanged", unchanged);
        ArrayNode list = result.putArray("skipped");
        skipped.forEach(one -> list.addObject().put("path", one.path()).put("reason", one.reason()));
    }

    /** The problem, with how far the import came. */
    HephException stopped(HephException problem) {
        return new HephException(
                problem.reason(),
                "the import stopped after " + done + " tasks: " + problem.getMessage()
                        + "; import again to go on, nothing is taken in twice",
                Map.of("done", done),
                problem);
    }

    private void put(ForeignTask task) {
        if (batch.full(task)) {
            send(false);
            batch = new Batch(source.name(), action);
        }
        batch.add(task);
    }

    private void send(boolean last) {
        byte[] params = batch.end(last);
        settleAllBut(last ? 0 : AT_ONCE - 1);
        if (!call.session().open()) {
            throw stopped(new HephException(Reason.AWAY, "who asked for it is gone"));
        }
        underWay.add(new Sent(batch, CompletableFuture.supplyAsync(
                () -> Json.read(store.call("task.import", params, call.client(), Store.PATIENT)),
                task -> Thread.ofVirtual().name("import").start(task))));
    }

    /** Waits for the batches that are under way, all but {@code left}, and counts them. */
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
                throw stopped(problem);
            }
            throw e;
        }
        created += answer.path("created").asLong();
        updated += answer.path("updated").asLong();
        unchanged += answer.path("unchanged").asLong();
        answer.path("skipped").forEach(one -> skipped(sent.batch().label(one.path("key").asText()), one.path("reason").asText()));
        done += sent.batch().size();
        progress.at(done, 0, "importing");
    }
}
