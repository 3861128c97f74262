package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Where an imported text came from: the vault, and the path of its file in it, with forward slashes. */
record Source(Optional<String> vault, Optional<String> path) {
    static final Source NONE = new Source(Optional.empty(), Optional.empty());

    private static final String EXTENSION = ".md";

    static Source of(Tx tx, Space space, Id id) {
        return tx.first("SELECT vault, path FROM nodes WHERE space = ? AND id = ?",
                        row -> new Source(Optional.ofNullable(row.getString(1)), Optional.ofNullable(row.getString(2))),
                        space.num(), id)
                .orElse(NONE);
    }

    /** The folder of this text, with a final slash; empty for the vault's top. */
    String folder() {
        return path.map(Source::folderOf).orElse("");
    }

    static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The part of a link's target that is a name: after the last slash, without the extension. */
    static String lastSegment(String target) {
        String name = target.substring(target.lastIndexOf('/') + 1);
        return withoutExtension(name);
    }

    static String withoutExtension(String path) {
        return path.regionMatches(true, path.length() - EXTENSION.length(), EXTENSION, 0, EXTENSION.length())
                ? path.substring(0, path.length() - EXTENSION.length())
                : path;
    }

    /** A relative target as a path in the vault; empty when it leads out of it. */
    Optional<String> relative(String target) {
        Deque<String> parts = new ArrayDeque<>();
        String whole = target.startsWith("/") ? target.substring(1) : folder() + target;
        for (String part : whole.split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
