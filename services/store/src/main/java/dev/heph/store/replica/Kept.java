package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.util.Optional;

/**
 * A part of an action that was not taken back, since somebody changed it afterwards.
 *
 * @param field the register's or the text's name, {@code box} for a mark, {@code node} for a node that stays as a whole
 * @param by the device that did; empty of what is in use by now
 * @param raced whether that device did so before, unseen by the deletion that is not done again
 */
public record Kept(Id entity, String field, Optional<DeviceId> by, boolean raced) {
    Kept(Id entity, String field, Optional<DeviceId> by) {
        this(entity, field, by, false);
    }

    static final String NODE = "node";
    static final String BOX = "box";
}
