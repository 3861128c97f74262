package dev.heph.model.op;

import dev.heph.model.id.Id;

/**
 * The user's one doing that a bundle belongs to. A small action is one bundle; a large one (an import) is several, numbered
 * from 0, of which the final one says so; its author may go on with it as long as nothing else is done. Undo and history work by action.
 */
public record Action(Id id, int index, boolean last) {
    public Action {
        if (index < 0) {
            throw new IllegalArgumentException("an action's bundles are numbered from 0, not " + index);
        }
    }

    public static Action single(Id id) {
        return new Action(id, 0, true);
    }
}
