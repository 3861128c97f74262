package dev.heph.gateway.foreign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.gateway.service.Store;
import dev.heph.model.date.Now;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.TaskItem;
import dev.heph.model.node.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes tasks of those checkboxes in notes that carry dates or repeat, as the plugin Obsidian Tasks writes them. The
 * lines stay in their notes as they are.
 */
public final class NoteTasks {
    private static final Pattern WHEN_DONE = Pattern.compile("(?i)\\s+when done$");

    private final Now now;
    private final List<ForeignTask> tasks = new ArrayList<>();
    private final List<Skipped> complaints = new ArrayList<>();
    private final Map<String, Integer> namesakes = new HashMap<>();

    /** @param now the time at which words such as tomorrow are read */
    public NoteTasks(Now now) {
        this.now = now;
    }

    /** Looks through a note. @param path the file's, in its folder */
    public void look(String path, String body) {
        int line = 1;
        int at = 0;
        for (TaskItem item : Extraction.of(body).items()) {
            ObsidianLine read = ObsidianLine.of(item.text());
            if (read.promoted()) {
                for (; at < item.markAt(); at++) {
                    line += body.charAt(at) == '\n' ? 1 : 0;
                }
                take(path, path + " line " + line, item, read);
            }
        }
    }

    /**
     * Has the store take in what was found, as an action of its own.
     *
     * @param result gets {@code tasks}: how many were created, updated and unchanged
     * @return what could not come in, or only in part
     * @throws dev.heph.error.HephException if the store gave up; says how far it came
     */
    public List<Skipped> send(Store store, Call call, String vault, String action, ObjectNode result) {
        TaskIntake intake = new TaskIntake(store, call, "obsidian tasks of " + vault, action);
        intake.run(findings -> tasks.forEach(task -> {
            findings.seen();
            findings.task(task);
        }));
        intake.count(result.putObject("tasks"));
        List<Skipped> skipped = new ArrayList<>(complaints);
        skipped.addAll(intake.skipped());
        return skipped;
    }

    private void take(String path, String label, TaskItem item, ObsidianLine read) {
        List<String> log = new ArrayList<>(List.of("from " + path));
        // What is done does not come again: the plugin has written another line for that.
        Optional<String> words = read.repeat().filter(said -> state(item) == State.OUTSTANDING);
        Optional<Repetition> repeats = words.flatMap(said -> Repetition.inWords(WHEN_DONE.matcher(said).replaceFirst(" after done"), now));
        if (words.isPresent() && repeats.isEmpty()) {
            log.add("repeats: " + words.get());
            complaints.add(new Skipped(label, "that it repeats, " + JsonText.quote(words.get())
                    + ", is in its log only: heph reads no repetition in it"));
        }
        read.complaints().forEach(complaint -> complaints.add(new Skipped(label, complaint)));
        String key = read.id().map(NoteTasks::key).orElseGet(() -> {
            String place = path + "\0" + read.title();
            return KeyDigest.of(place + "\0" + namesakes.merge(place, 1, Integer::sum));
        });
        tasks.add(new ForeignTask(key, label, read.title(), state(item), read.attention(), read.doDate(), read.lateOn(),
                repeats, Optional.empty(), read.tags(), log, read.blockedBy().stream().map(NoteTasks::key).toList()));
    }

    private static String key(String id) {
        return "id " + id;
    }

    private static State state(TaskItem item) {
        return item.done() ? State.DONE : item.mark().equals("-") ? State.DROPPED : State.OUTSTANDING;
    }
}
