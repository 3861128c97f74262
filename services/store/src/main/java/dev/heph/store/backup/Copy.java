package dev.heph.store.backup;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.log.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A database that nobody else has open: a backup that is being made or about to be restored. */
record Copy(Database database, Space space) {

    /** Puts into a fresh copy what a backup holds beside the database. */
    void add(Keepsake keepsake) {
        change(tx -> {
            keepsake.write(tx);
            return null;
        });
    }

    /**
     * Makes it the database of a home again.
     *
     * @return what it held beside that; empty for a copy that was not made as a backup
     */
    Optional<Keepsake> unpack() {
        return change(tx -> {
            Optional<Keepsake> keepsake = Keepsake.read(tx);
            Keepsake.remove(tx);
            if (knowsEpochs(tx)) {
                tx.run("UPDATE spaces SET epoch = NULL, restored = 1"); // what a hub took since is gone from it: it is another one now
            }
            return keepsake;
        });
    }

    /** The id that the device took last, of those that were not its first. */
    Optional<DeviceId> lastIdentity() {
        return read(tx -> tx.first("SELECT device FROM identities WHERE space = ? ORDER BY num DESC LIMIT 1", row -> DeviceId.of(row.getBytes(1)), space.num()));
    }

    /** Whether it is a hub's: only that has an epoch of its own. */
    boolean ofHub() {
        return read(tx -> knowsEpochs(tx)
                && tx.first("SELECT 1 FROM spaces WHERE epoch IS NOT NULL", row -> true).isPresent());
    }

    private static boolean knowsEpochs(Tx tx) {
        return tx.first("SELECT 1 FROM pragma_table_info('spaces') WHERE name = 'epoch'", row -> true).isPresent();
    }

    Summary summary() {
        return read(tx -> Summary.of(tx, bytes()));
    }

    private long bytes() {
        try {
            return Files.size(database.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param refusal what is said with the problems, in the place of {@code %s}, if the doctor finds any */
    void require(String refusal) {
        String problems = new Doctor(database, space).examine(false).stream()
                .filter(check -> !check.ok())
                .map(check -> check.name() + ": " + check.detail())
                .collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new HephException(Reason.STORAGE, refusal.formatted(problems));
        }
    }

    private <T> T read(Function<Tx, T> question) {
        try (Connection connection = database.openReader()) {
            return question.apply(new Tx(connection));
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    private <T> T change(Function<Tx, T> change) {
        try (Connection connection = database.openCopy()) {
            Tx tx = new Tx(connection);
            tx.run("BEGIN IMMEDIATE");
            T answer = change.apply(tx);
            tx.run("COMMIT");
            return answer;
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }
}
