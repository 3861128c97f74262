package dev.heph.store.backup;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.DeviceKey;
import dev.heph.settings.IoReason;
import dev.heph.store.db.Database;
import dev.heph.store.db.OneAtATime;
import dev.heph.store.log.Space;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Copies the database as it is at one moment, while it is written, with the device's key, into one file for its owner alone. */
public final class Backup {
    private final Database database;
    private final Path key;
    private final Space space;
    private final OneAtATime one = new OneAtATime("store-backup", "a backup is being made for somebody else");

    /** @param key the device's key file */
    public Backup(Database database, Path key, Space space) {
        this.database = database;
        this.key = key;
        this.space = space;
    }

    /**
     * Makes one: whole, on disk and looked over when this returns, or not at all.
     *
     * @param target a file that is not there yet, in a directory that is
     * @throws HephException {@link Reason#CONFLICT} if there is a file, {@link Reason#NOT_FOUND} if there is no directory,
     *     {@link Reason#NO_SPACE} or {@link Reason#STORAGE} if it cannot be written
     */
    public Summary make(Path target, Instant now) {
        return one.run(() -> copy(target, now));
    }

    private Summary copy(Path target, Instant now) {
        if (Files.exists(target)) {
            throw inTheWay(target);
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new HephException(Reason.NOT_FOUND, "no backup was made: there is no directory " + target.getParent() + "; make it first");
        }
        Path draft = null;
        try {
            draft = Files.createTempFile(target.getParent(), ".heph-backup-", ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            database.copyTo(draft);
            var copy = new Copy(new Database(draft), space);
            copy.add(new Keepsake(now, keyOf(copy)));
            copy.require("the copy is not sound (%s), so it was not kept. What is wrong: heph doctor");
            Summary summary = copy.summary();
            Disk.force(draft);
            Files.move(draft, target); // which never replaces a file
            Disk.force(target.getParent());
            return summary;
        } catch (FileAlreadyExistsException e) {
            throw inTheWay(target);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no backup was made: " + target.getParent() + " cannot be written: " + IoReason.of(e), e);
        } finally {
            Disk.delete(draft);
        }
    }

    /** The key of the device that the copy is of: it may have taken a new id while this was made, and the file follows a little later. */
    private String keyOf(Copy copy) throws IOException {
        Optional<DeviceId> device = copy.lastIdentity();
        for (Path file : List.of(key, key.resolveSibling(key.getFileName() + ".next"))) {
            if (Files.exists(file)) {
                String text = Files.readString(file).strip();
                if (device.isEmpty() || new DeviceKey(HexFormat.of().parseHex(text)).device().equals(device.get())) {
                    return text;
                }
            }
        }
        throw new HephException(Reason.AWAY, "no backup was made: this device was just given a new id; try again");
    }

    private static HephException inTheWay(Path target) {
        return new HephException(Reason.CONFLICT, target + " exists, and a backup never replaces a file: name another");
    }
}
