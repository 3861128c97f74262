package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Kind;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** By what names nodes are found, and which names changed hands in a transaction. */
final class Names {
    /** Titles win over the titles of tasks (which stand for their context documents), these over aliases. */
    static final int TITLE = 0;

    static final int CONTEXT = 1;
    static final int ALIAS = 2;

    /** A task's own title: found by people, never by a wiki link. */
    static final int TASK = 3;

    private record Name(String folded, int rank, String name) implements Comparable<Name> {
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::folded).thenComparing(Name::rank).thenComparing(Name::name);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    private final Tx tx;
    private final Space space;
    private final Set<String> changed = new HashSet<>();

    Names(Tx tx, Space space) {
        this.tx = tx;
        this.space = space;
    }

    /** @param isNew whether it has no names yet. @return whether anything changed */
    boolean refresh(Id id, boolean isNew, Optional<Kind> kind, boolean visible, String title, boolean ofTask, Set<String> aliases) {
        Set<Name> wanted = new TreeSet<>();
        if (visible) {
            int rank = ofTask ? CONTEXT : kind.orElseThrow() == Kind.TASK ? TASK : TITLE;
            add(wanted, title, rank);
            aliases.forEach(alias -> add(wanted, alias, ALIAS));
        }
        Set<Name> present = isNew ? Set.of() : new TreeSet<>(tx.all("SELECT folded, rank, name FROM names WHERE space = ? AND entity = ?",
                row -> new Name(row.getString(1), row.getInt(2), row.getString(3)), space.num(), id));
        if (wanted.equals(present)) {
            return false;
        }
        for (Name gone : present) {
            if (!wanted.contains(gone)) {
                tx.run("DELETE FROM names WHERE space = ? AND folded = ? AND rank = ? AND entity = ?",
                        space.num(), gone.folded(), gone.rank(), id);
                changed.add(gone.folded());
            }
        }
        for (Name added : wanted) {
            if (!present.contains(added)) {
                tx.run("INSERT OR REPLACE INTO names (space, folded, rank, entity, name) VALUES (?, ?, ?, ?, ?)",
                        space.num(), added.folded(), added.rank(), id, added.name());
                changed.add(added.folded());
            }
        }
        return true;
    }

    private static void add(Set<Name> names, String name, int rank) {
        String folded = NameFold.fold(name);
        if (!folded.isEmpty() && names.stream().noneMatch(other -> other.folded().equals(folded) && other.rank() == rank)) {
            names.add(new Name(folded, rank, name));
        }
    }

    /** References to any name of this node must be looked at again, though the names are the same. */
    void mark(Id id) {
        changed.addAll(tx.all("SELECT folded FROM names WHERE space = ? AND entity = ?",
                row -> row.getString(1), space.num(), id));
    }

    Set<String> takeChanged() {
        Set<String> taken = new HashSet<>(changed);
        changed.clear();
        return taken;
    }
}
