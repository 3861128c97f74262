package dev.heph.model.text;

import java.util.Optional;

/** {@code length} characters that {@code client} wrote, from {@code clock} on; where they stand in the text does not matter. */
public record DeleteRange(long client, long clock, long length) {
    public DeleteRange {
        new CharId(client, clock).requireRange(length);
    }

    CharId first() {
        return new CharId(client, clock);
    }

    /** What of these characters is also among others. */
    Optional<DeleteRange> within(DeleteRange other) {
        long from = Math.max(clock, other.clock);
        long to = Math.min(end(), other.end());
        return client == other.client && from < to ? Optional.of(new DeleteRange(client, from, to - from)) : Optional.empty();
    }

    /** The clock after the last character. */
    long end() {
        return clock + length;
    }
}
