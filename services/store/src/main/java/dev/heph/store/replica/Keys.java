package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.DeviceKey;

/** Where a device's keys are kept. Nearly always it has one; when somebody else has written under it, another. */
public interface Keys {
    DeviceKey inUse();

    /** A new one, of chance. */
    DeviceKey fresh();

    /** Keeps a key that may come into use; it is not before {@link #use}, and is forgotten when another is kept. */
    void keep(DeviceKey next);

    /** Puts the key that was kept for this device in use and the one before it aside; nothing if there is none of it. */
    void use(DeviceId device);

    /** One key for ever. */
    static Keys only(DeviceKey key) {
        return new Keys() {
            @Override
            public DeviceKey inUse() {
                return key;
            }

            @Override
            public DeviceKey fresh() {
                throw new IllegalStateException("this device has one key");
            }

            @Override
            public void keep(DeviceKey next) {
                throw new IllegalStateException("this device has one key");
            }

            @Override
            public void use(DeviceId device) {}
        };
    }
}
