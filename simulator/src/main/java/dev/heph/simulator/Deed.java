package dev.heph.simulator;

/** What a person does, as a surface asks the store for it. */
interface Deed {
    /** @throws dev.heph.error.HephException when it is refused; nothing is then done */
    void run(Work work);
}
