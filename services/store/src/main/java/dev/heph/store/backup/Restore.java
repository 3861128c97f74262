package dev.heph.store.backup;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.DataLock;
import dev.heph.settings.Home;
import dev.heph.settings.IoReason;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.log.Space;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts a backup, or any copy of a heph database, in the place of a home's data: first everything that may fail, on a copy of the
 * file and beside a store that works; then, without one, the exchange.
 */
final class Restore implements AutoCloseable {
    private static final String DRAFTS = "restoring-";
    private static final DateTimeFormatter ASIDE = DateTimeFormatter.ofPattern("'before-restore-'yyyy-MM-dd-HHmmss-SSS");

    private final Home home;
    private final Settings settings;
    private final Path drafts;
    private Summary summary;
    private boolean ofHub;

    private Restore(Home home, Settings settings, Path drafts) {
        this.home = home;
        this.settings = settings;
        this.drafts = drafts;
    }

    /** @param aside where what was here before lies now; empty if nothing was */
    record Restored(Summary summary, Optional<Path> aside) {}

    /**
     * Looks the file over and makes what will be the data; nothing of the home is changed.
     *
     * @throws HephException if it is no backup, a damaged one, of a newer heph or of another kind of home
     */
    static Restore prepare(Home home, Settings settings, Path file, Instant now) {
        require(home, file);
        Path backups = home.data().resolve("backups");
        try {
            Files.createDirectories(backups);
            forget(backups);
            var restore = new Restore(home, settings, Files.createTempDirectory(backups, DRAFTS));
            try {
                restore.read(file, now);
                return restore;
            } catch (RuntimeException | IOException e) {
                restore.close();
                throw e;
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "nothing was changed: " + file + " cannot be copied into " + backups + ": " + IoReason.of(e), e);
        }
    }

    private static void require(Home home, Path file) {
        Path present = database(home).file();
        try {
            if (!Files.isRegularFile(file)) {
                throw new HephException(Reason.NOT_FOUND, file + (Files.exists(file) ? " is not a file" : " does not exist")
                        + "; name one that heph backup has written");
            }
            if (Files.exists(present) && Files.isSameFile(file, present)) {
                throw new HephException(Reason.CONFLICT, file + " is the data itself; name a backup");
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, file + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private void read(Path file, Instant now) throws IOException {
        Database draft = Database.in(drafts);
        Files.copy(file, draft.file());
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log)) {
            Files.copy(log, beside(draft.file(), "-wal")); // of a database that was copied by hand: its last commits
        }
        try {
            requireOurs(draft, file);
            draft.openWriter(drafts, now).close();
            var copy = new Copy(draft, Space.PERSONAL);
            copy.require(file + " is damaged (%s): nothing was changed; take another backup");
            ofHub = copy.ofHub();
            requireKind(file);
            summary = copy.summary();
            Optional<Keepsake> keepsake = copy.unpack();
            if (keepsake.isPresent()) {
                Path key = Files.createFile(key(drafts), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(key, keepsake.get().key() + "\n", StandardOpenOption.DSYNC);
            }
        } catch (StorageException | SQLException e) {
            throw new HephException(Reason.STORAGE, file + " cannot be restored: nothing was changed; it is damaged, or there is no room beside "
                    + drafts.getParent() + " (" + e.getMessage() + ")", e);
        }
        Disk.force(draft.file());
    }

    private static void requireOurs(Database draft, Path file) {
        OptionalInt schema = draft.schema();
        if (schema.isEmpty()) {
            throw new HephException(Reason.INVALID_PARAMS, file + " is no backup of heph's: nothing was changed");
        }
        if (schema.getAsInt() > Database.latestSchema()) {
            throw new HephException(Reason.CONFLICT, file + " was made by a newer heph (schema " + schema.getAsInt() + ", this one knows "
                    + Database.latestSchema() + "): nothing was changed; restore it with that heph");
        }
    }

    private void requireKind(Path file) {
        Mode mode = settings.mode();
        boolean fresh = Files.notExists(database(home).file());
        if (ofHub && mode == Mode.DEVICE && !fresh || !ofHub && mode == Mode.HUB) {
            String its = ofHub ? "hub's" : "device's";
            String here = ofHub ? "device's" : "hub's";
            throw new HephException(Reason.CONFLICT, file + " is a " + its + ", and " + home.data() + " is a " + here
                    + ": nothing was changed; restore it into a home of its own: HEPH_HOME=DIR heph backup restore FILE");
        }
    }

    /**
     * The exchange. Whatever it is interrupted by, the database is the one from before or the restored one, and the one from before
     * is kept.
     *
     * @throws HephException {@link Reason#CONFLICT} if a store works on the data
     */
    Restored finish(Instant now) {
        try (DataLock lock = DataLock.take(home)) {
            if (ofHub && settings.mode() == Mode.DEVICE) {
                Settings.keep(home, Map.of("mode", "hub"));
            }
            Optional<Path> aside = putAside(now);
            replace(database(home).file(), Database.in(drafts).file());
            if (Files.exists(key(drafts))) {
                Files.deleteIfExists(nextKey(home.data()));
                replace(key(home.data()), key(drafts));
            }
            Disk.force(home.data());
            aside.ifPresent(directory -> makeBackup(directory, now));
            return new Restored(summary, aside);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "the restore broke off: " + IoReason.of(e) + ". What was here is here still, or in "
                    + home.data().resolve("backups") + "; try again", e);
        }
    }

    private static void replace(Path file, Path by) throws IOException {
        Files.move(by, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A second name for the database as it is, so that at no moment there is none. */
    private Optional<Path> putAside(Instant now) throws IOException {
        Database present = database(home);
        if (Files.notExists(present.file())) {
            return Optional.empty();
        }
        present.ownLogOnly(home.data().resolve("backups"), now);
        absorbLog(present);
        Path aside = Files.createDirectory(home.data().resolve("backups").resolve(ASIDE.format(now.atZone(settings.zone()))),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        linkOrCopy(present.file(), aside.resolve("heph.db"));
        for (Path key : new Path[] {key(home.data()), nextKey(home.data())}) {
            if (Files.exists(key)) {
                Files.copy(key, aside.resolve(key.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (String end : new String[] {"-wal", "-journal"}) {
            if (Files.exists(beside(present.file(), end))) {
                Files.move(beside(present.file(), end), aside.resolve("heph.db" + end)); // it would be read into the restored one
            }
        }
        Files.deleteIfExists(beside(present.file(), "-shm"));
        Disk.force(aside);
        return Optional.of(aside);
    }

    private static void linkOrCopy(Path file, Path to) throws IOException {
        try {
            Files.createLink(to, file);
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            Disk.force(to);
        }
    }

    /** What was put aside takes its key with it, so that restoring it goes back whole; a damaged one has the key beside it only. */
    private static void makeBackup(Path aside, Instant now) {
        var old = new Copy(Database.in(aside), Space.PERSONAL);
        try {
            if (Files.exists(key(aside)) && old.database().schema().isPresent()) {
                old.add(new Keepsake(now, Files.readString(key(aside)).strip()));
            }
        } catch (StorageException | IOException damaged) {
            System.getLogger(Restore.class.getName()).log(System.Logger.Level.DEBUG, "put aside as it is", damaged);
        }
    }

    /** A damaged database keeps its log: it is put aside with it. */
    private static void absorbLog(Database present) {
        try (Connection connection = present.openCopy()) {
            return;
        } catch (StorageException | SQLException damaged) {
            System.getLogger(Restore.class.getName()).log(System.Logger.Level.DEBUG, "put aside as it is", damaged);
        }
    }

    private static Database database(Home home) {
        return Database.in(home.data());
    }

    private static Path key(Path data) {
        return data.resolve("device.key");
    }

    private static Path nextKey(Path data) {
        return data.resolve("device.key.next");
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    /** What a restore left behind that was killed. */
    private static void forget(Path backups) throws IOException {
        try (var old = Files.newDirectoryStream(backups, DRAFTS + "*")) {
            for (Path drafts : old) {
                delete(drafts);
            }
        }
    }

    private static void delete(Path drafts) throws IOException {
        try (var files = Files.newDirectoryStream(drafts)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(drafts);
    }

    @Override
    public void close() {
        try {
            delete(drafts);
        } catch (IOException e) {
            System.getLogger(Restore.class.getName()).log(System.Logger.Level.WARNING, "left behind: " + drafts, e);
        }
    }
}
