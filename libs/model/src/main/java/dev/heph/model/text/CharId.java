package dev.heph.model.text;

import dev.heph.model.id.DeviceId;

/**
 * The name of one character, for ever.
 *
 * @param client who typed it: a number of 53 bits, fresh per writer of the text
 * @param clock  how many code points that client had written into this text before, from 0 and dense
 */
public record CharId(long client, long clock) {
    /**
     * Clients are numbers of 53 bits: two writers of one text must never share one, 32 bits would make that likely in a large
     * team, and 53 is what every JSON reader keeps whole.
     */
    public static final long MAX_CLIENT = (1L << 53) - 1;

    /** The most code points one client writes into one text; so every count fits an int, also in UTF-16 units. */
    public static final int MAX_CLOCK = 1 << 30;

    public CharId {
        requireClient(client);
        if (clock < 0 || clock >= MAX_CLOCK) {
            throw new TextException("a character's clock is 0 to " + (MAX_CLOCK - 1) + ", not " + clock);
        }
    }

    /** As which client a device writes what takes other writing back ({@link TextEdit#takesBack}): the end of its id. */
    public static long clientOf(DeviceId device) {
        return device.id().low() & MAX_CLIENT;
    }

    static void requireClient(long client) {
        if (client < 0 || client > MAX_CLIENT) {
            throw new TextException("a text client is a number of at most 53 bits, not " + client);
        }
    }

    /** Checks that {@code length} characters from this one on can exist. */
    void requireRange(long length) {
        if (length < 1 || length > MAX_CLOCK - clock) {
            throw new TextException("no range of " + length + " characters starts at " + this);
        }
    }

    CharId plus(long offset) {
        return new CharId(client, clock + offset);
    }

    @Override
    public String toString() {
        return client + "@" + clock;
    }
}
