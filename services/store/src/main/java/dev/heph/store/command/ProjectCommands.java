package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
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

    /**
     * The project of that name or id, made when there is none. In {@code a/b} b lies in a; where it lies elsewhere already it stays
     * there, for a project has its name to itself.
     */
    static Id named(Change change, String name) {
        Optional<Id> given = Id.parse(name).filter(id -> change.exists(id) && !change.isTombstoned(id)
                && NodeCommands.kind(change, id) == Kind.PROJECT);
        if (given.isPresent()) {
            return given.get();
        }
        Optional<Id> whole = change.named(Kind.PROJECT, NameFold.fold(name));
        if (whole.isPresent()) {
            return whole.get();
        }
        Id parent = null;
        for (String part : name.split("/", -1)) {
            boolean isNew = change.named(Kind.PROJECT, NameFold.fold(part)).isEmpty() && !change.exists(DerivedId.project(part));
            Id project = NodeCommands.create(change, Kind.PROJECT, part, Optional.empty());
            if (isNew && parent != null && !project.equals(parent)) {
                change.set(project, Field.PARENT, new Value.Ref(parent));
            }
            parent = project;
        }
        return parent;
    }

    /** Makes a project, in another one if {@code parent} names that. */
    public static Id create(Change change, String name, Optional<String> parent) {
        Id project = NodeCommands.create(change, Kind.PROJECT, name, Optional.empty());
        parent.ifPresent(above -> move(change, project, Optional.of(above)));
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
