/** What to do next: which tasks may be offered, and in which order. */
package dev.heph.model.rank;
