package dev.heph.sync.hub;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A body that has to come within a time: whoever sends a byte now and then would hold a place for as long as they like. */
final class Hurried extends FilterInputStream {
    private final Duration patience;
    private final LongSupplier nanos;
    private final long begun;

    /** @param nanos a clock that only goes forward, in nanoseconds */
    Hurried(InputStream in, Duration patience, LongSupplier nanos) {
        super(in);
        this.patience = patience;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        check();
        return super.read(bytes, from, length);
    }

    private void check() {
        if (nanos.getAsLong() - begun > patience.toNanos()) {
            throw new HephException(Reason.TIMEOUT, "the parcel did not come within " + patience.toSeconds() + " s; it is sent again by itself");
        }
    }
}
