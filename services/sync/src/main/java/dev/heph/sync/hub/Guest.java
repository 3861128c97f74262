package dev.heph.sync.hub;

import java.time.Instant;

/**
 * A device that was let in, by what it can reach: one person's space of this hub and nothing else.
 *
 * @param news tells of that space
 * @param until when it has to show again who it is
 */
record Guest(HubStore store, News.Desk news, Instant until) {}
