/**
 * From ops to facts: {@link dev.heph.model.merge.Merge} holds the rules, {@link dev.heph.model.merge.Facts} is what a storage
 * implements, {@link dev.heph.model.merge.MemoryFacts} the plainest one. See docs/design/merge.md.
 */
package dev.heph.model.merge;
