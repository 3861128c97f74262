package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.op.DeviceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Who this device is: its key, made at the first start and kept beside the database, readable by its owner only. */
public record Identity(DeviceKey key, String name) {
    /**
     * The identity in {@code file}; a new one is made when the file is missing.
     *
     * @param seed 32 unpredictable bytes, asked for only when a key is made
     */
    public static Identity in(Path file, String name, Supplier<byte[]> seed) {
        try {
            if (!Files.exists(file)) {
                Path fresh = Files.createTempFile(file.getParent(), "device", ".key",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(fresh, HexFormat.of().formatHex(seed.get()) + "\n", StandardOpenOption.DSYNC);
                Files.move(fresh, file);
            }
            return new Identity(new DeviceKey(HexFormat.of().parseHex(Files.readString(file).strip())), name);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "the device key " + file + " cannot be read or made: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new HephException(Reason.STORAGE, "the device key " + file
                    + " is damaged: restore it from a backup; without it this device cannot go on writing its log", e);
        }
    }
}
