package dev.heph.store.replica;

/** Tells the log of the process how far something long has come. */
final class Progress {
    private static final System.Logger LOG = System.getLogger(Progress.class.getName());
    private static final int STRIDE = 5_000;

    private final long total;
    private long done;

    Progress(long total) {
        this.total = total;
    }

    void step() {
        done++;
        if (done % STRIDE == 0) {
            LOG.log(System.Logger.Level.INFO, "reading the whole log anew: {0} of {1} bundles", done, total);
        }
    }
}
