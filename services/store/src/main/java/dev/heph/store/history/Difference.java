package dev.heph.store.history;

import dev.heph.model.register.Value;

/** What an aspect was before, and what it is after; of links and deletes whether they were there. */
record Difference(Aspect aspect, Value before, Value after) {}
