package dev.heph.simulator;

import java.util.EnumMap;
import java.util.Map;

/** Everything that people do. */
final class Deeds {
    private Deeds() {}

    static Map<Act, Deed> with(Desk desk) {
        Map<Act, Deed> deeds = new EnumMap<>(Act.class);
        new NoteDeeds(desk).addTo(deeds);
        new TaskDeeds().addTo(deeds);
        new LogDeeds(desk).addTo(deeds);
        new PastDeeds().addTo(deeds);
        return deeds;
    }
}
