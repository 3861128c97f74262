package dev.heph.model.text;

/** {@code length} characters that {@code client} wrote, from {@code clock} on; where they stand in the text does not matter. */
public record DeleteRange(long client, long clock, long length) {
    public DeleteRange {
        new CharId(client, clock).requireRange(length);
    }

    CharId first() {
        return new CharId(client, clock);
    }

    /** The clock after the last character. */
    long end() {
        return clock + length;
    }
}
