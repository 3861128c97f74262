package dev.heph.store.doctor;

import static java.util.Map.entry;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.store.db.Tx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a database holds, as one hash a table: SHA-256 over its rows in the order of their keys, without anything local to
 * this file (row numbers, device numbers, orders of arrival). Equal on two replicas that hold the same ops; what a device wrote after it was revoked
 * is in none.
 */
public final class Digest {
    private static final String BY_DEVICE = " JOIN devices d ON d.space = x.space AND d.num = x.device";

    /** The table that may be behind the others. */
    public static final String WORDS = "words";

    private static final Map<String, String> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put("devices", "SELECT space, id, key, name, iif(seq > revoked_seq, revoked_seq, seq), iif(seq > revoked_seq, revoked_chain, chain),"
                + " revoked_seq, revoked_chain FROM devices WHERE seq > 0 ORDER BY space, id");
        TABLES.put("unapplied", "SELECT x.space, d.id, x.seq FROM ops x" + BY_DEVICE
                + " WHERE x.applied = 0 AND (d.revoked_seq IS NULL OR x.bundle <= d.revoked_seq) ORDER BY x.space, d.id, x.seq");
        TABLES.put("unread", "SELECT x.space, d.id, x.seq FROM bundles x" + BY_DEVICE
                + " WHERE x.applied = 0 ORDER BY x.space, d.id, x.seq");
        TABLES.put("registers", "SELECT x.space, x.entity, x.facet, x.field, d.id, x.seq, x.hlc, x.value, x.initial FROM tips x"
                + BY_DEVICE + " ORDER BY x.space, x.entity, x.facet, x.field, d.id, x.seq");
        TABLES.put("links", "SELECT x.space, x.src, x.type, x.dst, x.key, d.id, x.seq FROM link_tags x" + BY_DEVICE
                + " ORDER BY x.space, x.src, x.type, x.dst, x.key, d.id, x.seq");
        TABLES.put("tombstones", "SELECT x.space, x.entity, d.id, x.seq FROM tombstones x" + BY_DEVICE
                + " ORDER BY x.space, x.entity, d.id, x.seq");
        TABLES.put("entries", "SELECT x.space, x.entity, x.hlc, d.id, x.seq, x.text FROM entries x" + BY_DEVICE
                + " ORDER BY x.space, x.entity, x.hlc, d.id, x.seq");
        TABLES.put("texts", "SELECT space, entity, field, version FROM texts ORDER BY space, entity, field");
        TABLES.put("races", "SELECT x.space, x.entity, x.field, d.id, x.seq, o.id, x.other_seq, x.settled FROM races x" + BY_DEVICE
                + " JOIN devices o ON o.space = x.space AND o.num = x.other_device ORDER BY x.space, x.entity, x.field, d.id, x.seq, o.id, x.other_seq");
        TABLES.put("conflicts", "SELECT space, id, entity, kind, facet, field, base, merged FROM conflicts ORDER BY space, id");
        TABLES.put("sides", "SELECT x.space, x.conflict, x.ordinal, d.id, x.seq, x.value FROM sides x" + BY_DEVICE
                + " ORDER BY x.space, x.conflict, x.ordinal");
        TABLES.put("nodes", "SELECT space, id, kind, title, body, created, modified, tombstoned, vault, path, context, parent, text_aliases"
                + " FROM nodes ORDER BY space, id");
        TABLES.put("tasks", "SELECT space, id, state, attention, do_date, late_on, committed, project, recurrence, missed"
                + " FROM tasks ORDER BY space, id");
        TABLES.put("occurrences", "SELECT space, task, id, start, state, closed, do_date, late_on FROM occurrences ORDER BY space, task, id");
        TABLES.put("names", "SELECT space, folded, rank, entity, name FROM names ORDER BY space, folded, rank, entity");
        TABLES.put("references", "SELECT space, src, ordinal, type, target, folded, label, anchor, start, line, dst FROM refs"
                + " ORDER BY space, src, ordinal");
        TABLES.put("tags", "SELECT space, entity, folded, tag FROM tagged ORDER BY space, entity, folded");
        TABLES.put("boxes", "SELECT space, entity, ordinal, id, character, mark, text FROM boxes ORDER BY space, entity, ordinal");
        TABLES.put(WORDS, "SELECT term, col, doc, cnt FROM temp.vocabulary ORDER BY term, col");
    }

    /** Of the tables that say something about one entity, the column that names it. */
    private static final Map<String, Integer> ENTITY = Map.ofEntries(entry("registers", 2), entry("links", 2), entry("tombstones", 2),
            entry("entries", 2), entry("texts", 2), entry("races", 2), entry("conflicts", 3), entry("nodes", 2), entry("tasks", 2),
            entry("occurrences", 2), entry("names", 4), entry("references", 2), entry("tags", 2), entry("boxes", 2));

    /** So many bytes of a hash tell two states of one entity apart. */
    private static final int SHORT = 8;

    private Digest() {}

    /** The hash of each table, by its name for people. */
    public static Map<String, String> of(Tx tx) {
        tx.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, col)");
        Map<String, String> digests = new LinkedHashMap<>();
        TABLES.forEach((name, sql) -> {
            MessageDigest digest = Bytes32.sha256();
            tx.each(sql, row -> add(digest, row));
            digests.put(name, HexFormat.of().formatHex(digest.digest()));
        });
        return digests;
    }

    /** The hash of each table but the word index, which follows from the others. */
    public static Map<String, String> ofFacts(Tx tx) {
        Map<String, String> digests = new LinkedHashMap<>();
        TABLES.forEach((name, sql) -> {
            if (!name.equals(WORDS)) {
                MessageDigest digest = Bytes32.sha256();
                tx.each(sql, row -> add(digest, row));
                digests.put(name, HexFormat.of().formatHex(digest.digest()));
            }
        });
        return digests;
    }

    /** A hash of all that is here about each entity. */
    public static Map<Id, String> byEntity(Tx tx) {
        Map<Id, MessageDigest> digests = new HashMap<>();
        ENTITY.keySet().stream().sorted().forEach(table -> tx.each(TABLES.get(table), row -> {
            MessageDigest digest = digests.computeIfAbsent(Id.of(row.getBytes(ENTITY.get(table))), entity -> Bytes32.sha256());
            digest.update(table.getBytes(StandardCharsets.UTF_8));
            add(digest, row);
        }));
        Map<Id, String> hashes = new TreeMap<>();
        digests.forEach((entity, digest) -> hashes.put(entity, HexFormat.of().formatHex(digest.digest(), 0, SHORT)));
        return hashes;
    }

    private static void add(MessageDigest digest, ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        for (int at = 1; at <= columns; at++) {
            byte[] cell = switch (row.getObject(at)) {
                case null -> null;
                case byte[] bytes -> bytes;
                case Object other -> other.toString().getBytes(StandardCharsets.UTF_8);
            };
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(cell == null ? -1 : cell.length).array());
            if (cell != null) {
                digest.update(cell);
            }
        }
    }
}
