/**
 * What people have to settle because devices that were apart disagree: {@link dev.heph.model.conflict.Conflict}. Derived from the facts,
 * so it is the same on every device. See "conflicts" in docs/design/merge.md.
 */
package dev.heph.model.conflict;
