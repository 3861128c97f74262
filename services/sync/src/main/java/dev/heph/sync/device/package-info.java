/**
 * sync on a device: brings its store and the hub's to the same log. {@link dev.heph.sync.device.Cycle} is one exchange from beginning to end,
 * between the two ports {@code Store} and {@code Hub}; {@code Pace} says when the next one is due, {@code SyncLoop} runs them, and
 * {@code Standing} is what came of it. Pages and parcels pass through as bytes. docs/design/sync.md is the law.
 */
package dev.heph.sync.device;
