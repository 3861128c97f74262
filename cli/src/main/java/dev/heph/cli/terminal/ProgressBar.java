package dev.heph.cli.terminal;

import dev.heph.cli.rpc.Progress;

/** The progress of long work as one line that is drawn over itself, on standard error and only on a terminal. */
public final class ProgressBar implements Progress, AutoCloseable {
    private static final int BAR_COLUMNS = 24;
    private static final String ERASE = "\r\u001b[K";

    private final Output err;
    private final Terminal terminal;
    private boolean drawn;

    public ProgressBar(Output err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void at(long done, long total, String note) {
        if (!terminal.err()) {
            return;
        }
        drawn = true;
        err.text(ERASE + Width.cut(line(done, total, Width.line(note)), Math.min(terminal.columns(), 100) - 1))
                .flush();
    }

    private static String line(long done, long total, String note) {
        if (total <= 0) {
            return "%,d  %s".formatted(done, note);
        }
        int full = (int) (BAR_COLUMNS * Math.min(done, total) / total);
        return "[%s%s] %3d %%  %,d of %,d  %s"
                .formatted(
                        "#".repeat(full),
                        ".".repeat(BAR_COLUMNS - full),
                        100 * Math.min(done, total) / total,
                        done,
                        total,
                        note);
    }

    /** Leaves no trace. */
    @Override
    public void close() {
        if (drawn) {
            err.text(ERASE).flush();
        }
    }
}
