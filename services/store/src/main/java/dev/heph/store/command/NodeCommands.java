package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Look;
import dev.heph.store.view.Views;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What changes nodes, links and aliases: each reads the facts and adds to a change the ops it needs, or none. */
public final class NodeCommands {
    /** Most aliases and link keys are names: a line. */
    private static final int MAX_NAME_LENGTH = 1_000;

    private NodeCommands() {}

    /** Makes a node, or finds the tag, project or journal of that name. */
    public static Id create(Change change, Kind kind, String title, Optional<String> body) {
        String kept = Titles.checked(kind, title);
        Optional<String> text = body.map(Titles::checkedBody);
        Id id = idFor(change, kind, kept);
        if (change.isTombstoned(id)) {
            change.restore(id);
            text.ifPresent(given -> change.save(id, Views.BODY, given, Optional.empty()));
        } else if (change.exists(id)) {
            if (text.filter(given -> !given.isEmpty()).isPresent()) {
                throw new HephException(Reason.CONFLICT, "the " + kind.word() + " '" + kept
                        + "' exists already: edit it, or make it without a body");
            }
        } else {
            create(change, id, kind, kept);
            text.ifPresent(given -> change.save(id, Views.BODY, given, Optional.empty()));
        }
        return id;
    }

    static void create(Change change, Id id, Kind kind, String title) {
        SortedMap<Field, Value> fields = new TreeMap<>();
        fields.put(Field.KIND, Value.text(kind.word()));
        fields.put(Field.TITLE, Value.text(title));
        change.create(id, fields);
    }

    /**
     * Two devices give the same tag, project or day the same id. A name whose derived id is held by a node that was renamed
     * since gets a fresh one.
     */
    private static Id idFor(Change change, Kind kind, String title) {
        Id id = switch (kind) {
            case TAG -> DerivedId.tag(title);
            case PROJECT -> DerivedId.project(title);
            case JOURNAL -> DerivedId.journal(Titles.day(title));
            case DOC, TASK -> change.mint();
        };
        if (kind != Kind.TAG && kind != Kind.PROJECT) {
            return id;
        }
        Optional<Id> named = change.named(kind, NameFold.fold(title));
        if (named.isPresent()) {
            return named.get();
        }
        boolean renamed = change.value(id, Field.TITLE)
                .flatMap(Value::asText)
                .filter(now -> !NameFold.fold(now).equals(NameFold.fold(title)))
                .isPresent();
        return renamed ? change.mint() : id;
    }

    /** The node of a kind whose name this is or, if there is none, was: what a person means by the name of a tag or project. */
    static Optional<Id> called(Change change, Kind kind, String name) {
        String folded = NameFold.fold(name);
        return change.named(kind, folded).or(() -> change.alsoCalled(kind, folded));
    }

    /** Changes title and body; a body is merged into what it has become since {@code base}. */
    public static void update(Change change, Id id, Optional<String> title, Optional<String> body, Optional<Version> base) {
        require(change, id);
        Kind kind = kind(change, id);
        if (body.isPresent()) {
            requireText(kind);
        }
        if (title.isPresent() && change.value(id, Field.TITLE).isEmpty()) {
            throw new HephException(Reason.CONFLICT, "this document has the title of its task: rename the task");
        }
        title.ifPresent(given -> rename(change, id, kind, Titles.checked(kind, given)));
        body.ifPresent(given -> change.save(id, Views.BODY, Titles.checkedBody(given), base));
    }

    /** What {@link #update} would make of a body. @param place in {@code body}, in code points; the answer's is in code points, too */
    public static Look look(Change change, Id id, String body, Optional<Version> base, int place) {
        require(change, id);
        requireText(kind(change, id));
        int units = body.offsetByCodePoints(0, Math.min(place, body.codePointCount(0, body.length())));
        Look look = change.look(id, Views.BODY, Titles.checkedBody(body), base, units);
        return new Look(look.text(), look.text().codePointCount(0, look.place()));
    }

    private static void requireText(Kind kind) {
        if (kind == Kind.TASK) {
            throw Params.invalid("a task has no body of its own: write into its context document");
        }
    }

    private static void rename(Change change, Id id, Kind kind, String title) {
        String before = change.value(id, Field.TITLE).flatMap(Value::asText).orElse("");
        if (before.equals(title)) {
            return;
        }
        if (kind == Kind.JOURNAL) {
            throw new HephException(Reason.CONFLICT, "a journal keeps its day: it cannot be renamed to '" + title + "'");
        }
        requireFree(change, id, kind, title);
        change.set(id, Field.TITLE, Value.text(title));
        keepName(change, id, before, title);
    }

    /** Links by a title that it had still lead here. */
    static void keepName(Change change, Id id, String before, String title) {
        if (!before.isEmpty() && !NameFold.fold(before).equals(NameFold.fold(title))) {
            change.link(alias(id, before));
        }
    }

    /** A title that this node can be given. */
    static String freeTitle(Change change, Id id, String given) {
        Kind kind = kind(change, id);
        String title = Titles.checked(kind, given);
        requireFree(change, id, kind, title);
        return title;
    }

    /** A tag or project has its name to itself, and a slash leads from one project into another. */
    public static void requireFree(Change change, Id id, Kind kind, String title) {
        if (kind != Kind.TAG && kind != Kind.PROJECT) {
            return;
        }
        if (kind == Kind.PROJECT && title.contains("/")) {
            throw Params.invalid("a project's name has no slash in it; to put it into another one: heph project move NAME --into OTHER");
        }
        if (change.named(kind, NameFold.fold(title)).filter(other -> !other.equals(id)).isPresent()) {
            throw new HephException(Reason.CONFLICT, "there is a " + kind.word() + " '" + title + "' already: choose another name");
        }
    }

    public static void tombstone(Change change, Id id) {
        if (!change.exists(id)) {
            throw notFound(id);
        }
        change.tombstone(id);
    }

    public static void link(Change change, Op.Link link) {
        require(change, link.src());
        require(change, link.dst());
        if (link.src().equals(link.dst())) {
            throw new HephException(Reason.CONFLICT, "a note cannot be linked to itself: give two different notes");
        }
        change.link(link);
    }

    public static void unlink(Change change, Op.Link link) {
        require(change, link.src());
        change.unlink(link);
    }

    public static void addAlias(Change change, Id id, String alias) {
        require(change, id);
        change.link(alias(id, checkedName("alias", alias)));
    }

    public static void removeAlias(Change change, Id id, String alias) {
        require(change, id);
        change.unlink(alias(id, checkedName("alias", alias)));
    }

    private static Op.Link alias(Id id, String alias) {
        return new Op.Link(id, "alias", id, Optional.of(alias));
    }

    /** A link that a person may make. */
    public static Op.Link link(Id src, String type, Id dst, Optional<String> key) {
        if (type.equals("alias")) {
            throw Params.invalid("an alias is added with: heph alias");
        }
        if (type.equals("canonical-context")) {
            throw Params.invalid("a task has its one context document from the start");
        }
        if (type.equals("wiki")) {
            throw Params.invalid("a wiki link is made by writing [[it]] into the note");
        }
        return new Op.Link(src, checkedName("type", type), dst, key.map(name -> checkedName("key", name)));
    }

    /** A name that is kept as it is but for white space around it. */
    public static String checkedName(String what, String name) {
        String kept = Titles.checkedText(what, name).strip();
        if (kept.isEmpty() || kept.length() > MAX_NAME_LENGTH || kept.lines().count() > 1) {
            throw Params.invalid("the " + what + " is one line of 1 to " + MAX_NAME_LENGTH + " characters");
        }
        return kept;
    }

    static Kind kind(Change change, Id id) {
        return change.value(id, Field.KIND).flatMap(Value::asText).flatMap(Kind::of).orElseThrow(() -> notFound(id));
    }

    /** Unknown and deleted are the same to a caller. */
    static void require(Change change, Id id) {
        if (!change.exists(id) || change.isTombstoned(id)) {
            throw change.box(id)
                    .map(of -> new HephException(Reason.CONFLICT, "'" + of.box().text() + "' is a checkbox in a note: promote it to a task first"))
                    .orElseGet(() -> notFound(id));
        }
    }

    private static HephException notFound(Id id) {
        return new HephException(Reason.NOT_FOUND, "no note '" + id + "'. Try: heph list");
    }
}
