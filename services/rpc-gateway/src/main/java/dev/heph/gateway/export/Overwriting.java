package dev.heph.gateway.export;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files an export may replace: those that an earlier one wrote and nobody has changed since, and those that are
 * the same already. Any other file is the user's own.
 */
final class Overwriting {
    private final Target target;
    private final Map<String, String> earlier;
    private final boolean force;
    private final Set<String> allowed = new HashSet<>();
    private Optional<String> first = Optional.empty();
    private int refused;

    /**
     * @param earlier the hash of each file that the earlier export wrote
     * @param force whether every file may be replaced
     */
    Overwriting(Target target, Map<String, String> earlier, boolean force) {
        this.target = target;
        this.earlier = earlier;
        this.force = force;
    }

    /** Checks a file that is going to be written; what was allowed once stays so. */
    void check(String path, byte[] content) {
        if (force || allowed.contains(path)) {
            return;
        }
        Optional<String> there = target.hash(path);
        boolean mayWrite = there.isEmpty()
                || there.get().equals(earlier.get(path))
                || there.get().equals(Manifest.sha256(content));
        if (mayWrite) {
            allowed.add(path);
        } else {
            refused++;
            first = first.or(() -> Optional.of(path));
        }
    }

    /** @throws HephException {@link Reason#CONFLICT} if a check found a file that is the user's own */
    void require() {
        if (first.isPresent()) {
            String others = refused == 1 ? "" : " (and " + (refused - 1) + " more)";
            throw new HephException(
                    Reason.CONFLICT,
                    target.root().resolve(first.get()) + others + " is not as an earlier export wrote it: move it"
                            + " elsewhere, or force the export to overwrite it");
        }
    }
}
