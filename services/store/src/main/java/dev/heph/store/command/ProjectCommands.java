package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
     * A path leads to the project at its end if there are all on the way. That one may lie elsewhere, for a project has its name to itself.
     */
    private static Optional<Id> found(Change change, String name) {
        Optional<Id> given = Id.parse(name).filter(id -> change.exists(id) && !change.isTombstoned(id)
                && NodeCommands.kind(change, id) == Kind.PROJECT);
        if (given.isPresent()) {
            return given;
        }
        List<Optional<Id>> way = Stream.of(name.split("/", -1)).map(part -> called(change, part)).toList();
        return way.stream().allMatch(Optional::isPresent) ? way.getLast() : called(change, name);
    }

    /** By its name, else by one it had. */
    private static Optional<Id> called(Change change, String name) {
        return NodeCommands.called(change, Kind.PROJECT, name);
    }

    private static Id make(Change change, String path) {
        Id parent = null;
        for (String part : path.split("/", -1)) {
            Optional<Id> known = called(change, part);
            Id project = known.orElseGet(() -> NodeCommands.create(change, Kind.PROJECT, part, Optional.empty()));
            if (known.isEmpty() && parent != null && change.isCreated(project)) {
                change.set(project, Field.PARENT, new Value.Ref(parent));
            }
            parent = project;
        }
        return parent;
    }

    /** Makes a project, in another one if {@code parent} names that; {@code a/b} is b in a. */
    public static Id create(Change change, String name, Optional<String> body, Optional<String> parent) {
        int slash = name.lastIndexOf('/');
        if (slash >= 0 && parent.isPresent()) {
            throw Params.invalid("say once where a project lies: '" + name + "' is in '" + name.substring(0, slash) + "' already");
        }
        Id project = NodeCommands.create(change, Kind.PROJECT, name.substring(slash + 1), body);
        parent.or(() -> Optional.of(name).filter(path -> slash >= 0).map(path -> path.substring(0, slash)))
                .ifPresent(above -> move(change, project, Optional.of(above)));
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
        for (Optional<Id> at = Optional.of(into); at.isPresent() && above.add(at.get());
                at = change.value(at.get(), Field.PARENT).flatMap(Value::asRef)) {}
        if (above.contains(project)) {
            throw new HephException(Reason.CONFLICT, "a project cannot lie within itself: take the other one out first");
        }
        change.set(project, Field.PARENT, new Value.Ref(into));
    }
}
