package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Kind;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Projects and how they lie in one another. */
public final class ProjectCommands {
    private ProjectCommands() {}

    /** The project of that name, path or id, made when there is none: in {@code a/b} b lies in a. */
    static Id named(Change change, String name) {
        return found(change, name).orElseGet(() -> make(change, name));
    }

    /**
     * The name of the project that would have to be made before anything can be put into it: perhaps one that was mistyped.
     *
     * @throws HephException if it is the id of a task, which hardly anybody means by a project
     */
    public static Optional<String> toBeMade(Change change, Optional<String> name) {
        Optional<String> made = name.filter(given -> found(change, given).isEmpty());
        made.flatMap(change::taskWithEnd).ifPresent(task -> {
            throw new HephException(Reason.CONFLICT, "'" + made.get() + "' is the id of the task '" + task
                    + "', not a project; to have a project of that name, make it first: heph project add " + made.get());
        });
        return made;
    }

    /**
     * A path leads to the project at its end if that lies in the one before.
     *
     * @throws HephException conflict, if it lies elsewhere: a project has its name to itself, so there cannot be another one
     */
    private static Optional<Id> found(Change change, String name) {
        Optional<Id> given = Id.parse(name).filter(id -> change.exists(id) && !change.isTombstoned(id)
                && NodeCommands.kind(change, id) == Kind.PROJECT);
        int slash = name.lastIndexOf('/');
        if (given.isPresent() || slash < 0) {
            return given.or(() -> called(change, name));
        }
        Optional<Id> last = called(change, name.substring(slash + 1));
        last.ifPresent(project -> requireIn(change, project, name.substring(0, slash)));
        return last;
    }

    private static void requireIn(Change change, Id project, String path) {
        Optional<Id> lies = parent(change, project);
        if (lies.isEmpty() || !lies.equals(found(change, path))) {
            String title = title(change, project);
            throw new HephException(Reason.CONFLICT, "the project '" + title + "' is " + lies.map(above -> "in '" + title(change, above) + "'")
                    .orElse("on its own") + ", not in '" + path + "', and a project has its name to itself: say @" + title
                    + " for that one, give another name, or move it: heph project move '" + title + "' --into '" + path + "'");
        }
    }

    private static Optional<Id> parent(Change change, Id project) {
        return change.value(project, Field.PARENT).flatMap(Value::asRef);
    }

    private static String title(Change change, Id project) {
        return change.value(project, Field.TITLE).flatMap(Value::asText).orElse("");
    }

    /**
     * As {@link #named}, of a path that another program knows, where several projects may have one name: where a project of that name lies
     * elsewhere it is called as the one it lies in, too, such as "Home Later" in Home.
     */
    static Id ofFile(Change change, String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return named(change, path);
        }
        Id above = ofFile(change, path.substring(0, slash));
        String name = path.substring(slash + 1);
        String both = title(change, above) + " " + name;
        return called(change, name).filter(project -> parent(change, project).equals(Optional.of(above)))
                .orElseGet(() -> in(change, above, called(change, name).isEmpty() ? name : both));
    }

    /** By its name, else by one it had. */
    private static Optional<Id> called(Change change, String name) {
        return NodeCommands.called(change, Kind.PROJECT, name);
    }

    private static Id make(Change change, String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? NodeCommands.create(change, Kind.PROJECT, path, Optional.empty())
                : in(change, named(change, path.substring(0, slash)), path.substring(slash + 1));
    }

    /** The project of that name, made in that one if there is none. */
    private static Id in(Change change, Id above, String name) {
        Optional<Id> known = called(change, name);
        Id project = known.orElseGet(() -> NodeCommands.create(change, Kind.PROJECT, name, Optional.empty()));
        if (known.isEmpty() && change.isCreated(project)) {
            change.set(project, Field.PARENT, new Value.Ref(above));
        }
        return project;
    }

    /**
     * Makes a project, in another one if {@code parent} names that; {@code a/b} is b in a.
     *
     * @throws HephException conflict, if one of that name lies in another one
     */
    public static Id create(Change change, String name, Optional<String> body, Optional<String> parent) {
        int slash = name.lastIndexOf('/');
        if (slash >= 0 && parent.isPresent()) {
            throw Params.invalid("say once where a project lies: '" + name + "' is in '" + name.substring(0, slash) + "' already");
        }
        Optional<String> into = parent.or(() -> Optional.of(name).filter(path -> slash >= 0).map(path -> path.substring(0, slash)));
        into.ifPresent(above -> change.named(Kind.PROJECT, NameFold.fold(name.substring(slash + 1)))
                .filter(known -> parent(change, known).isPresent())
                .ifPresent(known -> requireIn(change, known, above)));
        Id project = NodeCommands.create(change, Kind.PROJECT, name.substring(slash + 1), body);
        into.ifPresent(above -> move(change, project, Optional.of(above)));
        return project;
    }

    /** Puts a project into another one, or, without {@code parent}, into none. */
    public static void move(Change change, Id project, Optional<String> parent) {
        if (change.value(project, Field.KIND).flatMap(Value::asText).filter(kind -> !kind.equals(Kind.PROJECT.word())).isPresent()) {
            throw new HephException(Reason.CONFLICT, "only a project can lie in another one: a task is put into a project with heph move");
        }
        if (parent.isEmpty()) {
            change.set(project, Field.PARENT, Value.NONE);
            return;
        }
        Id into = named(change, parent.get());
        Set<Id> above = new HashSet<>();
        for (Optional<Id> at = Optional.of(into); at.isPresent() && above.add(at.get()); at = parent(change, at.get())) {}
        if (above.contains(project)) {
            throw new HephException(Reason.CONFLICT, "a project cannot lie within itself: take the other one out first");
        }
        change.set(project, Field.PARENT, new Value.Ref(into));
    }
}
