package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.DeviceKey;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Keys beside the database, readable by their owner only: {@code device.key} is in use, {@code device.key.next} may come into use,
 * {@code device-ID.key} was in use once.
 */
final class KeyFile implements Keys {
    private final Path file;
    private final Path next;
    private final Supplier<byte[]> seed;
    private DeviceKey inUse;

    private KeyFile(Path file, Supplier<byte[]> seed) {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".next");
        this.seed = seed;
    }

    /** @param first what the key is made of if there is none yet; {@code seed}: one of chance */
    static KeyFile open(Path file, Supplier<byte[]> first, Supplier<byte[]> seed) {
        KeyFile keys = new KeyFile(file, seed);
        if (!Files.exists(file)) {
            keys.write(file, new DeviceKey(first.get()));
        }
        keys.inUse = keys.read(file);
        return keys;
    }

    @Override
    public DeviceKey inUse() {
        return inUse;
    }

    @Override
    public DeviceKey fresh() {
        return new DeviceKey(seed.get());
    }

    @Override
    public void keep(DeviceKey key) {
        write(next, key);
    }

    @Override
    public void use(DeviceId device) {
        if (inUse.device().equals(device) || !Files.exists(next) || !read(next).device().equals(device)) {
            return;
        }
        try {
            Files.copy(file, file.resolveSibling("device-" + inUse.device() + ".key"), StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "the new device key " + next + " cannot be put in the place of " + file + ": " + e.getMessage(), e);
        }
        inUse = read(file);
    }

    /** Whole or not at all: a process may die at any moment. */
    private void write(Path to, DeviceKey key) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), "device", ".key",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, HexFormat.of().formatHex(key.seed()) + "\n", StandardOpenOption.DSYNC);
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unreadable(to, e);
        }
    }

    private DeviceKey read(Path from) {
        try {
            return new DeviceKey(HexFormat.of().parseHex(Files.readString(from).strip()));
        } catch (IOException e) {
            throw unreadable(from, e);
        } catch (IllegalArgumentException e) {
            throw new HephException(Reason.STORAGE, "the device key " + from
                    + " is damaged: restore it from a backup; without it this device cannot go on writing its log", e);
        }
    }

    private static HephException unreadable(Path path, IOException e) {
        return new HephException(Reason.STORAGE, "the device key " + path + " cannot be read or made: " + IoReason.of(e), e);
    }
}
