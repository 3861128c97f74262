package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.op.DeviceKey;
import dev.heph.store.db.Database;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Who this device is: its keys, and its name for people. */
public record Identity(Keys keys, String name) {
    public Identity(DeviceKey key, String name) {
        this(Keys.only(key), name);
    }

    /**
     * The identity that a database is written under; a new one is made beside a database without a log.
     *
     * @param kept the key that is in the database, if that is a backup put there by hand
     * @param seed 32 unpredictable bytes, asked for only when a key is made
     * @throws HephException if there is a log and no key: under another id what waits in it would never reach anybody
     */
    public static Identity beside(Database database, String name, Supplier<Optional<byte[]>> kept, Supplier<byte[]> seed) {
        Path file = database.file().resolveSibling("device.key");
        return new Identity(KeyFile.open(file, () -> kept.get().orElseGet(() -> {
            if (database.isWritten()) {
                throw missing(file);
            }
            return seed.get();
        }), seed), name);
    }

    /** The identity in {@code file}, for who writes nothing under it. @throws HephException if it is missing */
    public static Identity read(Path file) {
        Supplier<byte[]> none = () -> {
            throw missing(file);
        };
        return new Identity(KeyFile.open(file, none, none), "");
    }

    private static HephException missing(Path file) {
        return new HephException(Reason.STORAGE, "the device key " + file + " is missing, without which nothing can be written to the database beside it; nothing was changed."
                + " Put it back, or restore a backup, which brings its key: heph backup restore FILE");
    }
}
