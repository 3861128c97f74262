package dev.heph.simulator;

import java.util.Map;

/** Everything that people do. */
record Deeds(Desk desk) {
    void addTo(Map<Act, Deed> deeds) {
        new NoteDeeds(desk).addTo(deeds);
        for (Act act : Act.values()) {
            deeds.putIfAbsent(act, work -> { });
        }
    }
}
