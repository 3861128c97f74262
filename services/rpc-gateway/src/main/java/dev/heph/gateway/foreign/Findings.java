package dev.heph.gateway.foreign;

/** Takes what is found in a file, as it is found. */
interface Findings {
    /** A line, row or record of the file, whatever becomes of it. */
    void seen();

    void task(ForeignTask task);

    /** Something was left out. @param where in the file, for a person: {@code line 12} @param reason for a person */
    void skipped(String where, String reason);
}
