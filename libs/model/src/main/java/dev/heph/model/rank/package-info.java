/**
 * What to do next: which tasks may be offered, in which order, and why. {@link dev.heph.model.rank.Board} is the way in,
 * docs/design/ranking.md gives the rules.
 */
package dev.heph.model.rank;
