package dev.heph.simulator;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Segment;
import dev.heph.store.replica.Change;
import java.util.List;
import java.util.Map;

/** Where a bug can be planted, to see that the simulator finds it. */
interface Meddling {
    Meddling NONE = new Meddling() {};

    /** SQL that is run in the database of a replica when it begins, such as a trigger. */
    default List<String> inDatabaseOf(int peer) {
        return List.of();
    }

    /** The text that is saved instead of the one a person wants to save. */
    default String saved(String text) {
        return text;
    }

    /** Whether a write that was acknowledged is on disk. */
    default boolean isDurable() {
        return true;
    }

    /** Up to where two who speak to each other think that they have the same of each chain. */
    default Map<DeviceId, Long> common(Peer from, Peer to) {
        return from.common(to);
    }

    /** Whether a new version of heph reads what the one before could not. */
    default boolean readsAgain() {
        return true;
    }

    /** A segment that was here already came again. */
    default void cameAgain(Peer peer, Segment segment) {}

    /** An occurrence of a task was closed by this change. */
    default void closed(Work work, Change change, Id task, Id occurrence) {}
}
