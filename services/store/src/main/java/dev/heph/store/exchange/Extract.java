package dev.heph.store.exchange;

import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import dev.heph.store.view.Words;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Copies everything of one space into a database of its own, as its only one. By selection: what is of another space, or of this
 * replica alone, is not taken out of the copy but never gets into it.
 */
public final class Extract {
    /** What is of this replica alone, or is made anew in a copy. A new table is either copied or named here; a test sees to it. */
    static final Set<String> NOT_COPIED = Set.of("spaces", "arrivals", "hubs", "points", "identities", "parted", "unindexed", "words");

    private final Database live;
    private final Space space;

    public Extract(Database live, Space space) {
        this.live = live;
        this.space = space;
    }

    /**
     * Writes it.
     *
     * @param directory an empty one
     * @param last signs the end of what this replica itself wrote, and what it reads in the live database beside that
     * @return what {@code last} has read
     */
    <T> T into(Path directory, Function<Tx, T> last) {
        Database copy = Database.in(directory);
        try (Connection connection = copy.openWriter(directory, Instant.EPOCH)) {
            Tx tx = new Tx(connection);
            tx.run("PRAGMA synchronous = OFF"); // it is worth nothing before it is whole
            tx.run("ATTACH ? AS live", live.file().toString());
            tx.run("BEGIN"); // IMMEDIATE would lock the live database too
            T read = copy(tx, last);
            tx.run("COMMIT");
            tx.run("DETACH live");
            Database.endLog(connection);
            return read;
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    private <T> T copy(Tx tx, Function<Tx, T> last) {
        List<String> triggers = tx.all("SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY name", row -> row.getString(1));
        tx.all("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'", row -> row.getString(1)).forEach(name -> tx.run("DROP TRIGGER " + name));
        for (String table : copied(tx)) {
            String columns = String.join(", ", columns(tx, table));
            String values = columns(tx, table).stream().map(column -> column.equals("space") ? "" + Space.PERSONAL.num() : column).collect(Collectors.joining(", "));
            tx.run("INSERT INTO main." + table + " (" + columns + ") SELECT " + values + " FROM live." + table + " WHERE space = ?", space.num());
        }
        tx.run("UPDATE main.spaces SET merge_version = (SELECT merge_version FROM live.spaces WHERE num = ?)", space.num());
        tx.run("DELETE FROM main.devices WHERE seq = 0");
        tx.run("UPDATE main.devices SET named_seq = 0"); // whose bundles have named nobody
        tx.run("INSERT INTO main.unindexed SELECT num FROM main.nodes");
        Words.catchUp(tx);
        triggers.forEach(tx::run);
        return last.apply(tx);
    }

    static List<String> copied(Tx tx) {
        return tx.all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
                        row -> row.getString(1)).stream()
                .filter(table -> !NOT_COPIED.contains(table))
                .toList();
    }

    private static List<String> columns(Tx tx, String table) {
        return tx.all("SELECT name FROM pragma_table_info(?) ORDER BY cid", row -> row.getString(1), table);
    }
}
