package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Kind;
import dev.heph.runtime.Json;
import dev.heph.store.view.Tail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the node that a person means: by id, by the end of one, by title, alias or path. */
public final class Lookup {
    private static final int CANDIDATES = 5;

    /** Headings are at most so deep: no more of them can stand behind the name of a note. */
    private static final int DEEPEST_ANCHOR = 6;

    private static final String VISIBLE = " AND n.kind IS NOT NULL AND n.tombstoned = 0";

    private final Db db;
    private final int space;
    private final Recurring recurring;

    public Lookup(Db db, int space, Recurring recurring) {
        this.recurring = recurring;
        this.db = db;
        this.space = space;
    }

    /** A node as a list of candidates shows it. @param path of the file that it was imported from */
    record Candidate(Id id, String kind, String title, Optional<String> path) {
        ObjectNode json() {
            ObjectNode json = Json.object().put("id", id.toString()).put("kind", kind).put("title", title);
            path.ifPresent(from -> json.put("path", from));
            return json;
        }

        String words(int letters) {
            return Tail.end(id, letters) + " " + title;
        }
    }

    private static Candidate candidate(Db.Cells row) {
        return new Candidate(Id.of(row.bytes(1)), row.text(2), row.text(3), row.maybe(4));
    }

    /**
     * The node with this id or end of one. Unknown and deleted are the same answer.
     *
     * @throws HephException not-found or ambiguous, with candidates
     */
    public Id require(String text) {
        return only(text, called(text));
    }

    /** As {@link #require}, or an occurrence: one that a list shows in a row of its own, by a whole id any that was touched. */
    public Id requireRow(String text) {
        List<Candidate> found = called(text);
        return only(text, found.isEmpty() ? occurrences(text) : found);
    }

    /** As {@link #require}, but one that was deleted will do too if there is no other. */
    public Id requireEvenDeleted(String text) {
        List<Candidate> found = called(text);
        return only(text, found.isEmpty() ? deleted(text) : found);
    }

    /** Those that were deleted, by a whole id, the end of one or a title. */
    private List<Candidate> deleted(String name) {
        String where = "SELECT n.id, n.kind, n.title, n.path FROM nodes n"
                + " WHERE n.space = ? AND n.kind IS NOT NULL AND n.tombstoned = 1 AND ";
        List<Candidate> byId = Id.parse(name).map(id -> db.all(where + "n.id = ?", Lookup::candidate, space, id.bytes()))
                .or(() -> Tail.ofEnd(name).map(tail -> db.all(where + "n.tail >= ? AND n.tail < ? LIMIT " + CANDIDATES,
                        Lookup::candidate, space, tail, tail + "~")))
                .orElse(List.of());
        return !byId.isEmpty() ? byId
                : db.all(where + "n.title = ? COLLATE NOCASE AND n.context = 0 ORDER BY n.modified DESC LIMIT " + CANDIDATES,
                        Lookup::candidate, space, name.strip());
    }

    private List<Candidate> called(String text) {
        Optional<Id> whole = Id.parse(text);
        List<Candidate> found = whole.isPresent()
                ? db.all("SELECT n.id, n.kind, n.title, n.path FROM nodes n WHERE n.space = ? AND n.id = ?" + VISIBLE,
                        Lookup::candidate, space, whole.get().bytes())
                : byEnd(text, Optional.empty());
        return found.isEmpty() ? boxes(text) : found;
    }

    private List<Candidate> occurrences(String text) {
        return recurring.called(text).stream().map(id -> new Candidate(id, "occurrence", title(recurring.taskOf(id)), Optional.empty())).toList();
    }

    private String title(Id id) {
        return db.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space, id.bytes()).orElse("");
    }

    private Id only(String text, List<Candidate> found) {
        if (found.size() == 1) {
            return found.getFirst().id();
        }
        if (found.isEmpty()) {
            List<Candidate> near = near(text, Optional.empty());
            throw new HephException(Reason.NOT_FOUND, "no note '" + text + "'." + didYouMean(near) + " Try: heph list",
                    Map.of("candidates", json(near)));
        }
        throw new HephException(Reason.AMBIGUOUS, "'" + text + "' is the end of several ids: " + words(found)
                + ". Give more letters", Map.of("candidates", json(found)));
    }

    /** Checkboxes of this id or end of one. */
    private List<Candidate> boxes(String text) {
        return Tail.ofEnd(text)
                .map(tail -> db.all("SELECT b.id, 'item', b.text, n.path FROM boxes b JOIN nodes n ON n.space = b.space AND n.id = b.entity"
                        + " WHERE b.space = ? AND b.tail >= ? AND b.tail < ?" + VISIBLE + " LIMIT " + CANDIDATES,
                        Lookup::candidate, space, tail, tail + "~"))
                .orElse(List.of());
    }

    private List<Candidate> byEnd(String text, Optional<Kind> kind) {
        return Tail.ofEnd(text)
                .map(tail -> db.all("SELECT n.id, n.kind, n.title, n.path FROM nodes n WHERE n.space = ? AND n.tail >= ? AND n.tail < ?"
                        + VISIBLE + only(kind) + " LIMIT " + CANDIDATES, Lookup::candidate, space, tail, tail + "~"))
                .orElse(List.of());
    }

    /** The one visible node that a title, alias, path, id or end of an id means; empty when there is none, or several. */
    public Optional<Id> one(String name, Optional<Kind> kind) {
        List<Candidate> found = candidates(name, kind);
        return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
    }

    /** As {@link #one}. @throws HephException not-found or ambiguous, with candidates */
    public Id named(String name, Optional<Kind> kind) {
        List<Candidate> found = candidates(name, kind);
        String what = kind.map(Kind::word).orElse("project, tag or note");
        if (found.isEmpty()) {
            throw new HephException(Reason.NOT_FOUND, "no " + what + " '" + name + "'." + didYouMean(near(name, kind))
                    + " Try: heph list" + kind.map(only -> " --kind " + only.word()).orElse(""));
        }
        if (found.size() > 1) {
            throw new HephException(Reason.AMBIGUOUS, "several are called '" + name + "': " + words(found) + ". Give an id",
                    Map.of("candidates", json(found)));
        }
        return found.getFirst().id();
    }

    /** As {@link #resolve}, but one that was deleted will do too if there is no other. */
    public ObjectNode resolveEvenDeleted(String name, Optional<Kind> kind, Nodes nodes) {
        ObjectNode answer = resolve(name, kind, nodes);
        List<Candidate> deleted = answer.path("match").asText().equals("none") ? deleted(name) : List.of();
        if (!deleted.isEmpty()) {
            answer.put("match", deleted.size() == 1 ? "one" : "several").set("candidates", json(deleted));
            answer.set("node", deleted.size() == 1 ? nodes.get(deleted.getFirst().id()) : null);
        }
        return answer;
    }

    /** The answer of {@code node.resolve}: the one node meant, else what it may be. */
    public ObjectNode resolve(String name, Optional<Kind> kind, Nodes nodes) {
        List<Candidate> found = candidates(name, kind);
        ObjectNode answer = Json.object();
        boolean taskMayBe = found.isEmpty() && kind.orElse(Kind.TASK) == Kind.TASK;
        Optional<ObjectNode> box = taskMayBe ? box(name, kind.isPresent(), nodes).or(() -> occurrence(name, nodes)) : Optional.empty();
        if (box.isPresent()) {
            answer.put("match", "one").set("node", box.get());
            answer.putArray("candidates");
            return answer;
        }
        if (found.isEmpty() && kind.isEmpty()) {
            found = ofPart(name, answer);
        }
        answer.put("match", found.isEmpty() ? "none" : found.size() == 1 ? "one" : "several");
        if (found.size() == 1) {
            answer.set("node", nodes.get(found.getFirst().id()));
        } else {
            answer.putNull("node");
        }
        answer.set("candidates", json(found.isEmpty() ? near(name, Optional.empty()) : found));
        return answer;
    }

    /** What {@code Note#Heading} or {@code Note#^block} is a part of; the rest goes into the answer. A name may hold a # itself. */
    private List<Candidate> ofPart(String name, ObjectNode answer) {
        int at = name.lastIndexOf('#');
        for (int depth = 0; at > 0 && depth < DEEPEST_ANCHOR; depth++, at = name.lastIndexOf('#', at - 1)) {
            List<Candidate> found = candidates(name.substring(0, at).strip(), Optional.empty());
            String anchor = name.substring(at + 1).strip();
            if (!found.isEmpty() && !anchor.isEmpty()) {
                answer.put("anchor", anchor);
                return found;
            }
        }
        return List.of();
    }

    /**
     * The one checkbox of this id, or end of one: no node, but something to tick off and to promote.
     *
     * @param byText whether its text is a name, too: of a task that is asked for, never of a note, to which it would be a stranger
     */
    private Optional<ObjectNode> box(String name, boolean byText, Nodes nodes) {
        List<Candidate> boxes = boxes(name);
        if (boxes.isEmpty() && byText) {
            boxes = db.all("SELECT b.id, 'item', b.text, n.path FROM boxes b JOIN nodes n ON n.space = b.space AND n.id = b.entity"
                    + " WHERE b.space = ? AND b.text = ? COLLATE NOCASE" + VISIBLE + " LIMIT 2", Lookup::candidate, space, name.strip());
        }
        return boxes.size() == 1 ? nodes.box(boxes.getFirst().id()).map(box -> box.put("kind", "item")) : Optional.empty();
    }

    /** The task of the one occurrence of this id or end of one. */
    private Optional<ObjectNode> occurrence(String name, Nodes nodes) {
        List<Id> found = recurring.called(name);
        return found.size() == 1 ? nodes.occurrence(found.getFirst()) : Optional.empty();
    }

    /** Nodes of exactly this id, id's end, title, alias or path; the best kind of match only, and no kind of node but the one asked for. */
    private List<Candidate> candidates(String name, Optional<Kind> kind) {
        Optional<Id> whole = Id.parse(name);
        if (whole.isPresent()) {
            List<Candidate> byId = db.all("SELECT n.id, n.kind, n.title, n.path FROM nodes n WHERE n.space = ? AND n.id = ?" + VISIBLE + only(kind),
                    Lookup::candidate, space, whole.get().bytes());
            if (!byId.isEmpty()) {
                return byId;
            }
        }
        List<Candidate> byName = byName(name, kind);
        if (!byName.isEmpty()) {
            return byName;
        }
        List<Candidate> byPath = db.all("SELECT n.id, n.kind, n.title, n.path FROM nodes n WHERE n.space = ? AND n.vault IS NOT NULL"
                        + " AND n.path IN (?, ?)" + VISIBLE + only(kind) + " ORDER BY n.created",
                Lookup::candidate, space, name, name + ".md");
        if (!byPath.isEmpty()) {
            return byPath;
        }
        List<Candidate> inside = kind.orElse(Kind.PROJECT) == Kind.PROJECT ? projects(name) : List.of();
        return inside.isEmpty() ? byEnd(name, kind) : inside;
    }

    /** Those of that name, else, of {@code a/b}, each b that lies in a. */
    private List<Candidate> projects(String name) {
        List<Candidate> called = byName(name, Optional.of(Kind.PROJECT));
        int slash = name.lastIndexOf('/');
        if (!called.isEmpty() || slash < 0) {
            return called;
        }
        List<Id> above = projects(name.substring(0, slash)).stream().map(Candidate::id).toList();
        return byName(name.substring(slash + 1), Optional.of(Kind.PROJECT)).stream()
                .filter(project -> above.stream().anyMatch(one -> db.count("SELECT count(*) FROM nodes WHERE space = ? AND id = ?"
                        + " AND parent = ?", space, project.id().bytes(), one.bytes()) > 0))
                .toList();
    }

    /** Titles before aliases; of titles that are alike but for their case, the one that is written so. */
    private List<Candidate> byName(String name, Optional<Kind> kind) {
        record Named(Candidate candidate, boolean alias) {}
        List<Named> found = db.all("SELECT n.id, n.kind, n.title, n.path, min(m.rank = 2) FROM names m"
                        + " JOIN nodes n ON n.space = m.space AND n.id = m.entity WHERE m.space = ? AND m.folded = ?"
                        + " AND m.rank <> 1" + only(kind) + " GROUP BY n.num ORDER BY n.created",
                row -> new Named(candidate(row), row.yes(5)), space, NameFold.fold(name));
        boolean title = found.stream().anyMatch(named -> !named.alias());
        List<Candidate> best = found.stream().filter(named -> named.alias() != title).map(Named::candidate).toList();
        List<Candidate> exact = title ? best.stream().filter(candidate -> candidate.title().equals(name.strip())).toList() : List.of();
        return exact.isEmpty() ? best : exact;
    }

    private static String only(Optional<Kind> kind) {
        return kind.map(one -> " AND n.kind = '" + one.word() + "'").orElse("");
    }

    /** Titles that hold the words of {@code name}, for a person who mistyped. */
    private List<Candidate> near(String name, Optional<Kind> kind) {
        String prefix = NameFold.fold(name);
        List<Candidate> near = prefix.isEmpty() ? List.of() : db.all("SELECT DISTINCT n.id, n.kind, n.title, n.path FROM names m"
                        + " JOIN nodes n ON n.space = m.space AND n.id = m.entity"
                        + " WHERE m.space = ? AND m.folded > '' AND instr(m.folded, ?) > 0 AND m.rank <> 1" + only(kind)
                        + " ORDER BY length(m.folded), n.created LIMIT " + CANDIDATES,
                Lookup::candidate, space, prefix);
        if (near.isEmpty() && prefix.length() > 2) {
            // One letter wrong at the end is the commonest slip: look for what begins alike.
            String stem = prefix.substring(0, Math.max(2, prefix.length() * 2 / 3));
            near = db.all("SELECT DISTINCT n.id, n.kind, n.title, n.path FROM names m"
                            + " JOIN nodes n ON n.space = m.space AND n.id = m.entity"
                            + " WHERE m.space = ? AND m.folded >= ? AND m.folded < ? AND m.rank <> 1" + only(kind)
                            + " ORDER BY n.created LIMIT " + CANDIDATES,
                    Lookup::candidate, space, stem, stem + "\uFFFF");
        }
        return near;
    }

    private static String didYouMean(List<Candidate> near) {
        return near.isEmpty() ? "" : " Did you mean " + near.getFirst().words(Tail.MIN_LETTERS) + "?";
    }

    /** Each with as many letters of its id as tell them apart. */
    private static String words(List<Candidate> candidates) {
        int letters = Tail.MIN_LETTERS;
        while (letters < Id.LETTERS && apart(candidates, letters) < candidates.size()) {
            letters++;
        }
        int enough = letters;
        return candidates.stream().map(candidate -> candidate.words(enough)).collect(Collectors.joining(", "));
    }

    private static long apart(List<Candidate> candidates, int letters) {
        return candidates.stream().map(candidate -> Tail.end(candidate.id(), letters)).distinct().count();
    }

    static ArrayNode json(List<Candidate> candidates) {
        return Json.MAPPER.createArrayNode().addAll(candidates.stream().map(Candidate::json).toList());
    }
}
