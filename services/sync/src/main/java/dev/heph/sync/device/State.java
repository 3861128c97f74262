package dev.heph.sync.device;

import java.util.Locale;

/** How a device stands with its hub. */
enum State {
    /** There is no hub. */
    OFF,
    /** The last cycle succeeded. */
    IDLE,
    /** A cycle is moving something. */
    SYNCING,
    /** The hub is not reached, or cannot answer now; tried again by itself. */
    OFFLINE,
    /** What answers is not a hub of ours, or it refuses: a person must look. Tried again all the same. */
    REFUSED,
    /** This device was revoked, and its own log says so: that never changes, so no hub is asked any more. */
    REVOKED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
