package dev.heph.store.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.time.Duration;
import java.time.InstantSource;

/** The devices whose clocks are ahead of the one here: what they wrote last has a stamp that is still to come. */
record Skew(Space space, InstantSource clock) {
    /** Less than that is a network's delay and a clock's usual error; as far as a stamp lets itself be drawn. */
    private static final Duration USUAL = Duration.ofMinutes(5);

    ArrayNode list(Tx tx) {
        ArrayNode skew = Json.MAPPER.createArrayNode();
        long now = clock.millis();
        tx.each("SELECT id, name, hlc FROM devices WHERE space = ? AND hlc IS NOT NULL ORDER BY num", row -> {
            long ahead = Hlc.of(row.getBytes(3)).millis() - now;
            if (ahead > USUAL.toMillis()) {
                skew.addObject().put("device", DeviceId.of(row.getBytes(1)).toString()).put("device_name", row.getString(2)).put("ms", ahead);
            }
        }, space.num());
        return skew;
    }
}
