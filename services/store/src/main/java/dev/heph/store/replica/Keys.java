package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.DeviceKey;

/** Where a device's keys are kept. Nearly always it has one; when somebody else has written under it, another. */
public interface Keys {
    DeviceKey inUse();

    /** Makes a key and keeps it; it is not in use before {@link #use}, and forgotten when another is made. */
    DeviceKey make();

    /** Puts the key that was made for this device in use and the one before it aside; nothing if there is none of it. */
    void use(DeviceId device);

    /** One key for ever. */
    static Keys only(DeviceKey key) {
        return new Keys() {
            @Override
            public DeviceKey inUse() {
                return key;
            }

            @Override
            public DeviceKey make() {
                throw new IllegalStateException("this device has one key");
            }

            @Override
            public void use(DeviceId device) {}
        };
    }
}
