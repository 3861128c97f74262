package dev.heph.gateway.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.gateway.intake.Part;
import dev.heph.gateway.intake.Parts;
import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Progress;
import dev.heph.gateway.service.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of an import of tasks: has a file read and the store take in what is found, a part at a time. */
final class TaskIntake implements Findings {
    static final int MAX_TASKS = 500;

    private final Parts parts;
    private final Progress progress;
    private final String source;
    private final String action;
    private final Order order = new Order(this::put);
    private final List<Skipped> skipped = new ArrayList<>();
    private Part part;
    /** What a person knows the tasks of the part by, by key. */
    private Map<String, String> labels;

    private long seen;
    private long done;

    TaskIntake(Store store, Call call, String source, String action) {
        this.parts = new Parts(store, call, 1, this::stopped); // one: a task may wait for one of the part before
        this.progress = call.progress();
        this.source = source;
        this.action = action;
        begin();
    }

    /** Tells what there is, one after the other. @param <E> what goes wrong where it is read */
    interface Reading<E extends Exception> {
        void read(Findings findings) throws E;
    }

    /**
     * @throws HephException if the store gave up; says how far the import came
     * @throws E if it cannot be read to its end
     */
    <E extends Exception> void run(Reading<E> reading) throws E {
        progress.at(0, 0, "importing");
        reading.read(this);
        int unblocked = order.end();
        if (unblocked > 0) {
            skipped("attribute 'depends'", (unblocked == 1 ? "1 task waits" : unblocked + " tasks wait")
                    + " for some that are not in this file, or are dates of one that repeats;"
                    + " only if those came in before is it so in heph");
        }
        if (part.size() > 0) {
            Map<String, String> sent = labels;
            parts.sendLast(part, answer -> settled(answer, sent));
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

    /** Writes how many were created, updated and unchanged. */
    void count(ObjectNode result) {
        parts.count(result);
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /** Writes what became of it. */
    void sumUp(ObjectNode result) {
        result.put("files", seen);
        parts.count(result);
        result.put("deleted", 0);
        Skipped.write("skipped", skipped, result);
        result.putArray("problems");
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

    private void begin() {
        part = new Part("task.import", "source", source, action, "tasks", MAX_TASKS);
        labels = new HashMap<>();
    }

    private void put(ForeignTask task) {
        if (part.full(task.characters())) {
            Map<String, String> sent = labels;
            parts.send(part, answer -> settled(answer, sent));
            begin();
        }
        part.add(task::write);
        labels.put(task.key(), task.label());
    }

    private void settled(JsonNode answer, Map<String, String> sent) {
        for (JsonNode one : answer.path("skipped")) {
            String key = one.path("key").asText();
            skipped(sent.getOrDefault(key, key), one.path("reason").asText());
        }
        done += sent.size();
        progress.at(done, 0, "importing");
    }
}
