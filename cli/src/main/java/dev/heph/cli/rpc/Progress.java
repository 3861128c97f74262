package dev.heph.cli.rpc;

/** How far a long request has come. */
@FunctionalInterface
public interface Progress {
    /** Nobody looks. */
    Progress UNSEEN = (done, total, note) -> {};

    /** @param total 0 while it is not known */
    void at(long done, long total, String note);
}
