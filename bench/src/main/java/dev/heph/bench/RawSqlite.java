package dev.heph.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;

/**
 * The floor: the same notes, links and questions on the same disk by sqlite-jdbc alone, in one thread, without merge, history,
 * processes or a socket. As durable as heph: synchronous=FULL, a transaction per 200 notes.
 */
final class RawSqlite implements AutoCloseable {
    private static final int BATCH = 200;
    private static final Pattern UNSPACED = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー]");
    private static final String SCHEMA = """
            CREATE TABLE log (arrival INTEGER PRIMARY KEY, header BLOB NOT NULL, payload BLOB NOT NULL);
            CREATE TABLE nodes (num INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL);
            CREATE TABLE refs (src INTEGER NOT NULL, ordinal INTEGER NOT NULL, dst INTEGER NOT NULL,
                PRIMARY KEY (src, ordinal)) WITHOUT ROWID;
            CREATE INDEX refs_by_dst ON refs (dst);
            CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', contentless_delete = 1,
                tokenize = 'unicode61 remove_diacritics 2');
            """;

    private final Connection connection;
    private final Map<String, Long> numbers = new HashMap<>();

    RawSqlite(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Properties properties = config.toProperties();
        connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file, properties);
        try (Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA.split(";\n")) {
                statement.execute(sql);
            }
        }
        connection.setAutoCommit(false);
    }

    /** Reads the vault's files and writes their rows. */
    void load(Path folder, List<Vault.Note> notes) throws Exception {
        for (Vault.Note note : notes) {
            numbers.put(note.title(), (long) numbers.size() + 1);
        }
        try (PreparedStatement log = connection.prepareStatement("INSERT INTO log (header, payload) VALUES (?, ?)");
                PreparedStatement node = connection.prepareStatement("INSERT INTO nodes VALUES (?, ?, ?, ?)");
                PreparedStatement ref = connection.prepareStatement("INSERT INTO refs VALUES (?, ?, ?)");
                PreparedStatement words = connection.prepareStatement("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)")) {
            int pending = 0;
            for (Vault.Note note : notes) {
                String body = Files.readString(folder.resolve(note.path()));
                long number = numbers.get(note.title());
                run(log, id(number), body.getBytes(StandardCharsets.UTF_8));
                run(node, number, id(number), note.title(), body);
                for (int at = 0; at < note.targets().size(); at++) {
                    run(ref, number, at, numbers.get(note.targets().get(at)));
                }
                run(words, number, note.title(), spaced(body));
                if (++pending == BATCH) {
                    connection.commit();
                    pending = 0;
                }
            }
            connection.commit();
        }
    }

    /** One row changed and on disk: what no mutation can be faster than. */
    Samples commits(int rounds, String body) throws Exception {
        try (PreparedStatement update = connection.prepareStatement("UPDATE nodes SET body = ? WHERE num = ?")) {
            return Samples.of(20, rounds, round -> {
                run(update, body, (long) (1 + Math.abs(round) % numbers.size()));
                connection.commit();
            });
        }
    }

    /** Single notes by their ids. */
    Samples gets(int rounds) throws Exception {
        return queries("SELECT title, body FROM nodes WHERE id = ?", rounds, round -> id(1 + Math.abs(round * 7919L) % numbers.size()));
    }

    /** The twenty best of each search. */
    Samples searches(int rounds, List<String> queries) throws Exception {
        List<String> matches = queries.stream().map(RawSqlite::match).toList();
        return queries("SELECT n.id, n.title, n.body, bm25(words, 10.0, 1.0) AS score FROM words JOIN nodes n ON n.num = words.rowid"
                + " WHERE words MATCH ? ORDER BY score LIMIT 20", rounds, round -> matches.get(Math.abs(round) % matches.size()));
    }

    Samples backlinks(int rounds, String title) throws Exception {
        return queries("SELECT n.id, n.title FROM refs r JOIN nodes n ON n.num = r.src WHERE r.dst = ?", rounds,
                round -> numbers.get(title));
    }

    @FunctionalInterface
    private interface Param {
        Object of(int round);
    }

    private Samples queries(String sql, int rounds, Param param) throws Exception {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            return Samples.of(rounds / 5, rounds, round -> {
                query.setObject(1, param.of(round));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        rows.getObject(1);
                        rows.getString(2);
                    }
                }
            });
        }
    }

    private static void run(PreparedStatement statement, Object... values) throws SQLException {
        for (int at = 0; at < values.length; at++) {
            statement.setObject(at + 1, values[at]);
        }
        statement.executeUpdate();
    }

    private static byte[] id(long number) {
        return ByteBuffer.allocate(16).putLong(0, number * 0x9E3779B97F4A7C15L).putLong(8, number).array();
    }

    private static String spaced(String text) {
        return UNSPACED.matcher(text).replaceAll(" $0 ");
    }

    /** The query as FTS5 reads it. */
    private static String match(String query) {
        if (query.startsWith("\"")) {
            return query;
        }
        List<String> terms = new ArrayList<>();
        for (String term : query.split(" ")) {
            boolean beginning = term.endsWith("*");
            terms.add('"' + spaced(beginning ? term.substring(0, term.length() - 1) : term).strip() + '"' + (beginning ? " *" : ""));
        }
        return String.join(" AND ", terms);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
