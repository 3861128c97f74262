package dev.heph.model.rank;

import dev.heph.model.id.Id;

/** {@code blocked} waits for {@code blocker}. It counts while both are committed, outstanding tasks. */
public record Blocks(Id blocker, Id blocked) {}
