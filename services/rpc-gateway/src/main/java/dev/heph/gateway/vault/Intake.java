package dev.heph.gateway.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Progress;
import dev.heph.gateway.service.Store;
import dev.heph.gateway.vault.Folder.Entry;
import dev.heph.runtime.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One run of an import: reads the files and has the store take them in, a batch at a time, reading on while the store
 * works. The store writes one batch while it unpacks the next; the last one goes alone, behind all others.
 */
final class Intake {
    private static final int AT_ONCE = 2;

    /** A batch on its way. @param upTo how many of the files are dealt with once it is */
    private record Sent(int upTo, CompletableFuture<JsonNode> answer) {}

    private final Store store;
    private final Call call;
    private final Progress progress;
    private final Folder folder;
    private final String vault;
    private final String action;
    private final List<Skipped> skipped;

    private final Queue<Sent> underWay = new ArrayDeque<>();
    private int done;
    private long created;
    private long updated;
    private long unchanged;

    Intake(Store store, Call call, Folder folder, String vault, String action) {
        this.store = store;
        this.call = call;
        this.progress = call.progress();
        this.folder = folder;
        this.vault = vault;
        this.action = action;
        this.skipped = new ArrayList<>(folder.skipped());
    }

    /** @throws HephException if the store gave up; says how far the import came */
    void run() {
        List<Entry> notes = folder.notes();
        Batch batch = new Batch(vault, action);
        progress.at(0, notes.size(), "importing");
        for (int i = 0; i < notes.size(); i++) {
            Entry note = notes.get(i);
            try {
                String body = NoteText.read(note.file());
                if (batch.full(body.length())) {
                    send(batch, i, false);
                    batch = new Batch(vault, action);
                }
                batch.add(note.path(), body);
            } catch (NoteText.Unfit unfit) {
                skipped.add(new Skipped(note.path(), unfit.getMessage()));
            }
        }
        if (!notes.isEmpty()) {
            send(batch, notes.size(), true);
            settleAllBut(0);
        }
        skipped.sort(Comparator.comparing(Skipped::path));
    }

    long created() {
        return created;
    }

    long updated() {
        return updated;
    }

    long unchanged() {
        return unchanged;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /** @param upTo how many of the files are dealt with once this batch is */
    private void send(Batch batch, int upTo, boolean last) {
        byte[] params = batch.end(last);
        settleAllBut(last ? 0 : AT_ONCE - 1);
        if (!call.session().open()) {
            throw stopped(new HephException(Reason.AWAY, "who asked for it is gone"));
        }
        underWay.add(new Sent(upTo, CompletableFuture.supplyAsync(
                () -> Json.read(store.call("import.batch", params, call.client(), Store.PATIENT)),
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
        answer.path("skipped").forEach(s -> skipped.add(new Skipped(s.path("path").asText(), s.path("reason").asText())));
        done = sent.upTo();
        progress.at(done, folder.notes().size(), "importing");
    }

    private HephException stopped(HephException problem) {
        int total = folder.notes().size();
        return new HephException(
                problem.reason(),
                "the import stopped after " + done + " of " + total + " files: " + problem.getMessage()
                        + "; import again to go on, nothing is taken in twice",
                Map.of("done", done, "total", total),
                problem);
    }
}
