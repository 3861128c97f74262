package dev.heph.launcher;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@code heph backup restore} came to.
 *
 * @param at when the backup was made; empty for another copy of a database
 * @param aside where what was here before lies now; empty if nothing was
 * @param stopped whether heph ran before
 */
public record Restored(
        Optional<Instant> at, Optional<Path> aside, long notes, long ops, long devices, long bytes, boolean stopped) {}
