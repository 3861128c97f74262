package dev.heph.store.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.WireException;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import dev.heph.store.db.Database;
import dev.heph.store.db.Folder;
import dev.heph.store.db.OneAtATime;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Chains;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.NewId;
import dev.heph.store.log.Space;
import dev.heph.store.log.Unapplied;
import dev.heph.store.replica.Rebuild;
import dev.heph.store.view.Ambiguity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks a database over without changing it or holding up its writer. */
public final class Doctor {
    /** The name of the check that makes everything anew. */
    public static final String REBUILD = "rebuild from the log";

    private static final String COPY = "rebuild";

    private static final int MOST_NAMED = 10;
    private static final String NO_ROOM = "cannot be looked at now: the disk is full; free some space";

    private final Database database;
    private final Space space;
    private final Supplier<Optional<DeviceId>> own;
    private final OneAtATime one = new OneAtATime("store-doctor", "the doctor is at work for somebody else");

    /** Of a database whose device does not matter: it is not compared with what the log gives. */
    public Doctor(Database database, Space space) {
        this(database, space, Optional::empty);
    }

    /** @param own whose database it is */
    public Doctor(Database database, Space space, Supplier<Optional<DeviceId>> own) {
        this.database = database;
        this.own = own;
        this.space = space;
    }

    /**
     * What was looked at and what was found.
     *
     * @param looked false: nothing is known of it, as it could not be looked at now
     */
    public record Check(String name, boolean ok, boolean looked, String detail) {
        Check(String name, boolean ok, String detail) {
            this(name, ok, true, detail);
        }

        static Check notNow(String name) {
            return new Check(name, false, false, NO_ROOM);
        }

        /** {@code {name, ok, checked?, detail}}. */
        public ObjectNode json() {
            ObjectNode json = Json.object().put("name", name).put("ok", ok);
            return (looked ? json : json.put("checked", false)).put("detail", detail);
        }
    }

    /**
     * As {@link #examine}, for one caller at a time.
     *
     * @param still runs what it is given while all that is here shows and nobody writes; what is looked at is as it was then
     */
    public List<Check> run(boolean rebuild, Consumer<Runnable> still) {
        return one.run(() -> examine(rebuild, still));
    }

    /** Removes what a rebuild left behind that was killed. */
    public void tidy() {
        try (Stream<Path> files = Files.list(database.file().toAbsolutePath().getParent())) {
            files.filter(file -> file.getFileName().toString().startsWith(COPY)).forEach(Folder::delete);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "the data directory cannot be listed: " + IoReason.of(e), e);
        }
    }

    /** @param rebuild whether to rebuild everything from the log beside the database and compare */
    public List<Check> examine(boolean rebuild) {
        return examine(rebuild, Runnable::run);
    }

    private List<Check> examine(boolean rebuild, Consumer<Runnable> still) {
        return looked(still, (tx, shown) -> {
            List<Check> checks = new ArrayList<>(List.of(integrity(tx), chains(tx), unapplied(tx), links(tx)));
            NewId.last(tx, space).ifPresent(renewed -> checks.add(new Check("device id", true, renewed.toString())));
            if (rebuild) {
                checks.add(rebuild(tx, shown));
            }
            return checks;
        });
    }

    /** Everything that a hub answers for: also every signature, and its order of arrival. For one caller at a time. @param still as in {@link #run} */
    public List<Check> verify(Consumer<Runnable> still) {
        return one.run(() -> looked(still, (tx, shown) -> {
            var proof = new Proof(space, own.get());
            return List.of(integrity(tx), chains(tx), proof.signatures(tx), proof.order(tx), unapplied(tx), rebuild(tx, shown));
        }));
    }

    private interface Look {
        /** @param shown whether all that was taken shows */
        List<Check> at(Tx tx, boolean shown);
    }

    /** What is looked at is as it was at one moment: that of the first thing that is read, not of BEGIN. */
    private List<Check> looked(Consumer<Runnable> still, Look look) {
        try (Connection connection = database.openReader()) {
            Tx tx = new Tx(connection);
            boolean shown = begunStill(still, tx);
            List<Check> checks = look.at(tx, shown);
            tx.run("COMMIT");
            return checks;
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** Where there is no room to show what was taken, the log can be looked at all the same. @return whether there was */
    private static boolean begunStill(Consumer<Runnable> still, Tx tx) {
        try {
            still.accept(() -> begin(tx));
            return true;
        } catch (HephException e) {
            if (e.reason() != Reason.NO_SPACE) {
                throw e;
            }
            begin(tx);
            return false;
        }
    }

    private static void begin(Tx tx) {
        tx.run("BEGIN");
        tx.first("SELECT 1 FROM spaces", row -> true);
    }

    /** The hash of each table, by its name: equal on two replicas that hold the same ops. */
    public Map<String, String> digest() {
        try (Connection connection = database.openReader()) {
            Tx tx = new Tx(connection);
            tx.run("BEGIN");
            Map<String, String> digest = Digest.of(tx);
            tx.run("COMMIT");
            return digest;
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    private Check integrity(Tx tx) {
        List<String> problems = tx.all("PRAGMA integrity_check(10)", row -> row.getString(1));
        boolean ok = problems.equals(List.of("ok"));
        return new Check("database file", ok, ok ? "sound" : String.join("; ", problems));
    }

    /** Every payload fits its header, and every header continues its device's chain. */
    private Check chains(Tx tx) {
        Chains chains = new Chains();
        try {
            new Log(space, new Devices(space)).replay(tx, chains::take);
        } catch (WireException e) {
            return new Check("log", false, e.getMessage());
        }
        int devices = chains.lasts().size();
        return new Check("log", true, chains.ops() + " ops in " + chains.at().n() + " bundles of " + devices + " device"
                + (devices == 1 ? "" : "s") + ", every hash fits");
    }

    private Check unapplied(Tx tx) {
        long count = tx.first(Unapplied.LATER, row -> row.getLong(1), space.num(), space.num()).orElse(0L);
        long left = tx.first(Unapplied.REVOKED, row -> row.getLong(1), space.num()).orElse(0L);
        return new Check("later versions", true, (count == 0
                ? "every op is understood"
                : count + " ops wait for a newer heph that understands them")
                + (left == 0 ? "" : "; " + left + " ops are left out that a device wrote after it was revoked"));
    }

    /** What a person may want to write more precisely is no damage. */
    private Check links(Tx tx) {
        List<Ambiguity> unclear = Ambiguity.all(tx, space);
        String some = unclear.stream().limit(MOST_NAMED).map(Ambiguity::toString).collect(Collectors.joining("; "));
        return new Check("links", true, unclear.isEmpty() ? "none fits several notes alike"
                : unclear.size() + (unclear.size() == 1 ? " link fits" : " links fit") + " several notes alike and " + (unclear.size() == 1 ? "leads" : "lead")
                        + " to the oldest: " + some + (unclear.size() > MOST_NAMED ? "; …" : "") + ". A folder in front says which is meant");
    }

    private Check rebuild(Tx live, boolean shown) {
        if (!shown) {
            return Check.notNow(REBUILD);
        }
        Path directory = null;
        try {
            directory = Files.createTempDirectory(database.file().toAbsolutePath().getParent(), COPY);
            Map<String, String> now = Digest.of(live);
            Map<String, String> rebuilt;
            try (Connection connection = Database.in(directory).openWriter(directory, Instant.EPOCH)) {
                Tx tx = new Tx(connection);
                // A copy that is thrown away need not survive a power cut.
                tx.run("PRAGMA synchronous = OFF");
                tx.run("BEGIN IMMEDIATE");
                Rebuild.run(live, tx, space, own.get());
                rebuilt = Digest.of(tx);
                tx.run("COMMIT");
            }
            if (live.first("SELECT 1 FROM unindexed", row -> true).isPresent()) {
                now.remove(Digest.WORDS); // something was saved just now, and its words are still to come
            }
            List<String> different = now.keySet().stream().filter(table -> !now.get(table).equals(rebuilt.get(table))).toList();
            return new Check(REBUILD, different.isEmpty(), different.isEmpty()
                    ? "gives exactly what is here (" + now.size() + " tables compared)"
                    : "differs in: " + String.join(", ", different));
        } catch (WireException e) {
            return new Check(REBUILD, false, "cannot be done: " + e.getMessage());
        } catch (StorageException e) {
            if (e.reason() == Reason.NO_SPACE) {
                return Check.notNow(REBUILD);
            }
            throw e;
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no room to rebuild beside " + database.file() + ": " + IoReason.of(e), e);
        } catch (SQLException e) {
            throw StorageException.of(e);
        } finally {
            if (directory != null) {
                Folder.delete(directory);
            }
        }
    }
}
