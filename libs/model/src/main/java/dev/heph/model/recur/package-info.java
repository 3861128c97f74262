/**
 * Things that repeat: a rule ({@link dev.heph.model.recur.Rule}, RFC 5545), its dates ({@link dev.heph.model.recur.Series}), and the
 * occurrences of a recurring task ({@link dev.heph.model.recur.Occurrences}). The rules by name are in docs/design/recurrence.md.
 */
package dev.heph.model.recur;
