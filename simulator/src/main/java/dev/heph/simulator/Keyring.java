package dev.heph.simulator;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.DeviceKey;
import dev.heph.store.replica.Keys;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** The files of a device in which its keys are: not part of any transaction. */
final class Keyring implements Keys {
    private final LongSupplier chance;
    private DeviceKey inUse;
    private DeviceKey next;

    Keyring(DeviceKey first, LongSupplier chance) {
        this.chance = chance;
        inUse = first;
        next = first;
    }

    /** As the files are now, for another device. */
    Keyring copy(LongSupplier chance) {
        Keyring copy = new Keyring(inUse, chance);
        copy.next = next;
        return copy;
    }

    @Override
    public DeviceKey inUse() {
        return inUse;
    }

    @Override
    public DeviceKey fresh() {
        return new DeviceKey(ByteBuffer.allocate(DeviceKey.SEED_BYTES).putLong(chance.getAsLong()).putLong(chance.getAsLong()).array());
    }

    @Override
    public void keep(DeviceKey key) {
        next = key;
    }

    @Override
    public void use(DeviceId device) {
        if (next.device().equals(device)) {
            inUse = next;
        }
    }

    DeviceKey of(DeviceId device) {
        return next.device().equals(device) ? next : inUse;
    }
}
