package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.op.DeviceKey;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Who this device is: its keys, and its name for people. */
public record Identity(Keys keys, String name) {
    public Identity(DeviceKey key, String name) {
        this(Keys.only(key), name);
    }

    /**
     * The identity in {@code file}; a new one is made when the file is missing.
     *
     * @param seed 32 unpredictable bytes, asked for only when a key is made
     */
    public static Identity in(Path file, String name, Supplier<byte[]> seed) {
        return new Identity(KeyFile.open(file, seed), name);
    }

    /** The identity in {@code file}, for who writes nothing under it. @throws HephException if it is missing */
    public static Identity read(Path file) {
        return new Identity(KeyFile.open(file, () -> {
            throw new HephException(Reason.STORAGE, "the device key " + file + " is missing: restore it from a backup");
        }), "");
    }
}
