package dev.heph.model.rank;

import dev.heph.model.node.Attention;

/** What a place in the list follows from: a task, and the attention and lateness that count for it. */
interface Ranked {
    Candidate task();

    /** The most demanding of the task's own and those it took over. */
    Attention attention();

    /** Whether the task or one that it took over from is late. */
    boolean late();
}
