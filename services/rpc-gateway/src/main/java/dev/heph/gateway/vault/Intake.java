package dev.heph.gateway.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.gateway.export.Exported;
import dev.heph.gateway.foreign.NoteTasks;
import dev.heph.gateway.intake.Part;
import dev.heph.gateway.intake.Parts;
import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Progress;
import dev.heph.gateway.service.Store;
import dev.heph.gateway.vault.Folder.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One run of an import: reads the files and has the store take them in, a part at a time. */
final class Intake {
    static final int MAX_NOTES = 200;

    /** Attachments, and deleted notes, that are named; all are counted. */
    static final int MAX_LISTED = 10_000;

    /** Files that are gone, and whose notes are not, that are named; all are counted. */
    static final int MAX_NAMED = 10;

    private static final String NOTES = "import.batch";
    private static final String NODES = "import.nodes";

    /** The store writes one part while it unpacks the next. */
    private static final int AT_ONCE = 2;

    private final Parts parts;
    private final Progress progress;
    private final Folder folder;
    private final Departed departed;
    private final String vault;
    private final String action;
    private final List<Skipped> skipped;
    private final List<Skipped> problems = new ArrayList<>();
    private final Optional<NoteTasks> tasks;
    private Part part;
    private int read;
    private int done;
    private long deleted;
    private final Set<String> deletedPaths = new LinkedHashSet<>();
    private final List<JsonNode> movedPaths = new ArrayList<>();

    /**
     * @param missing what is known to be wanting in the folder
     * @param tasks looks through every note, if given
     */
    Intake(Store store, Call call, Folder folder, Departed departed, List<Skipped> missing, Optional<NoteTasks> tasks, String vault, String action) {
        this.parts = new Parts(store, call, AT_ONCE, this::stopped);
        this.progress = call.progress();
        this.folder = folder;
        this.departed = departed;
        this.vault = vault;
        this.action = action;
        this.skipped = new ArrayList<>(folder.skipped());
        this.skipped.addAll(missing);
        this.tasks = tasks;
        this.part = notes();
    }

    /**
     * @param exported nodes that an export in this folder brings back, each with its file if it has one
     * @param plain all other files
     * @throws HephException if the store gave up; says how far the import came
     */
    void run(Map<Exported.Node, Optional<Entry>> exported, List<Entry> plain) {
        int total = folder.notes().size();
        progress.at(0, total, "importing");
        exported.forEach((node, file) -> file.ifPresentOrElse(its -> node(node, its), () -> node(node, "")));
        plain.forEach(this::note);
        List<String> gone = departed.pruned();
        if (!gone.isEmpty() && part.method().equals(NODES)) {
            next(notes());
        }
        part.gone(gone);
        if (total > 0 || !exported.isEmpty()) {
            parts.sendLast(part, answer -> settled(answer, total));
        }
        skipped.sort(Comparator.comparing(Skipped::path));
    }

    private void note(Entry note) {
        read(note).ifPresent(body -> {
            put(NOTES, this::notes, body.length(), json -> {
                json.writeStartObject();
                json.writeStringField("path", note.path());
                json.writeStringField("title", note.title());
                json.writeStringField("body", body);
                if (departed.moves().containsKey(note.path())) {
                    json.writeStringField("from", departed.moves().get(note.path()));
                }
                json.writeEndObject();
            });
            tasks.ifPresent(look -> look.look(note.path(), body));
            BrokenFrontMatter.in(body).ifPresent(problem -> problems.add(new Skipped(note.path(), problem)));
        });
    }

    private void node(Exported.Node node, Entry file) {
        read(file).ifPresent(text -> {
            node(node, node.body(text));
            if (node.mayMislead(text)) {
                problems.add(new Skipped(file.path(), "was changed since it was exported: what its front matter says is not taken in"));
            }
        });
    }

    private void node(Exported.Node node, String body) {
        put(NODES, this::nodes, body.length() + node.said().toString().length(),
                json -> json.writeTree(node.said().deepCopy().put("body", body)));
    }

    private Optional<String> read(Entry file) {
        read++;
        try {
            return Optional.of(NoteText.read(file.file()));
        } catch (NoteText.Unfit unfit) {
            skipped.add(new Skipped(file.path(), unfit.getMessage()));
            return Optional.empty();
        }
    }

    private void put(String method, Supplier<Part> fresh, int characters, Part.Entry entry) {
        if (!part.method().equals(method) && part.size() == 0) {
            part = fresh.get();
        } else if (!part.method().equals(method) || part.full(characters)) {
            next(fresh.get());
        }
        part.add(entry);
    }

    /** Sends the part there is; the file that was read last is the first of the next. */
    private void next(Part fresh) {
        int upTo = read - 1;
        if (part.method().equals(NODES)) {
            parts.sendInTurn(part, answer -> settled(answer, upTo));
        } else {
            parts.send(part, answer -> settled(answer, upTo));
        }
        part = fresh;
    }

    /** Adds what came in only in part. */
    void complain(List<Skipped> complaints) {
        problems.addAll(complaints);
    }

    /** Writes what became of it. */
    void sumUp(ObjectNode result) {
        result.put("files", folder.notes().size());
        parts.count(result);
        result.put("moved", movedPaths.size());
        movedPaths.stream().limit(MAX_LISTED).forEach(result.putArray("moved_paths")::add);
        result.put("gone", departed.gone().size() - deleted);
        departed.gone().stream().filter(path -> !deletedPaths.contains(path)).limit(MAX_NAMED).forEach(result.putArray("gone_paths")::add);
        result.put("deleted", deleted);
        deletedPaths.stream().limit(MAX_LISTED).forEach(result.putArray("deleted_paths")::add);
        Skipped.write("skipped", skipped, result);
        Skipped.write("problems", problems, result);
        result.put("hidden", folder.hidden()).put("attachments", folder.attachments().size());
        folder.attachments().stream().limit(MAX_LISTED).forEach(result.putArray("attachment_paths")::add);
    }

    private Part notes() {
        return new Part(NOTES, "vault", vault, action, "notes", MAX_NOTES);
    }

    private Part nodes() {
        return new Part(NODES, "from", "export", action, "nodes", MAX_NOTES);
    }

    /** @param upTo how many of the files are dealt with now */
    private void settled(JsonNode answer, int upTo) {
        answer.path("skipped").forEach(s -> skipped.add(new Skipped(s.path("path").asText(), s.path("reason").asText())));
        answer.path("moved_paths").forEach(movedPaths::add);
        deleted += answer.path("deleted").asLong();
        answer.path("deleted_paths").forEach(path -> deletedPaths.add(path.asText()));
        done = upTo;
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
