package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.store.db.Tx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The full-text index: the words of titles, aliases and bodies of the visible nodes. A save only notes that its node is to be indexed:
 * the index merges its pieces now and then, and one save in ten would wait for that. Whoever asks the index first lets it {@link #catchUp}.
 */
public final class Words {
    /** How many pages of the index are joined in one step: a few milliseconds. */
    private static final int PAGES = 64;

    /** A transaction about more nodes than this indexes them itself, together. */
    private static final int FEW = 32;

    /** No more nodes than this wait, so that nobody who asks waits long. */
    private static final int MOST_WAITING = 512;

    private final Tx tx;
    private boolean wait;

    Words(Tx tx) {
        this.tx = tx;
    }

    /** Says about how many nodes the transaction is. */
    void expect(int nodes) {
        wait = nodes <= FEW;
    }

    void refresh(long num, boolean wasIndexed, boolean index, String title, Set<String> aliases, String body) {
        if (wait) {
            if (wasIndexed || index) { // the empty document of a new task neither was nor is to be
                tx.run("INSERT OR IGNORE INTO unindexed (num) VALUES (?)", num);
            }
            return;
        }
        boolean waits = tx.run("DELETE FROM unindexed WHERE num = ?", num) > 0;
        if (wasIndexed || waits) {
            tx.run("DELETE FROM words WHERE rowid = ?", num);
        }
        if (index) {
            insert(tx, num, title, aliases, body);
        }
    }

    /** Keeps the number of those that wait small. */
    void finish() {
        if (wait && tx.first("SELECT count(*) FROM unindexed", row -> row.getInt(1)).orElse(0) > MOST_WAITING) {
            catchUp(tx);
        }
    }

    /** A step of what is best done while nobody waits. @return whether there is more */
    public static boolean tidy(Tx tx) {
        catchUp(tx);
        return join(tx);
    }

    /** Indexes what waits. */
    public static void catchUp(Tx tx) {
        record Node(long num, Id id, int space, String title, boolean indexed, String textAliases) {}
        List<Node> nodes = tx.all("SELECT u.num, n.id, n.space, n.title, n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " AND NOT (n.context = 1 AND coalesce(n.body, '') = ''), n.text_aliases FROM unindexed u LEFT JOIN nodes n ON n.num = u.num",
                row -> new Node(row.getLong(1), row.getBytes(2) == null ? null : Id.of(row.getBytes(2)), row.getInt(3), row.getString(4),
                        row.getBoolean(5), row.getString(6)));
        for (Node node : nodes) {
            tx.run("DELETE FROM words WHERE rowid = ?", node.num());
            if (node.id() != null && node.indexed()) {
                String body = tx.first("SELECT coalesce(body, '') FROM nodes WHERE num = ?", row -> row.getString(1), node.num()).orElse("");
                insert(tx, node.num(), node.title(), aliases(tx, node.space(), node.id(), node.textAliases()), body);
            }
        }
        if (!nodes.isEmpty()) {
            tx.run("DELETE FROM unindexed");
        }
    }

    private static void insert(Tx tx, long num, String title, Set<String> aliases, String body) {
        tx.run("INSERT INTO words (rowid, title, aliases, body) VALUES (?, ?, ?, ?)",
                num, SearchText.of(title), SearchText.of(String.join("\n", aliases)), SearchText.of(body));
    }

    /** The aliases people gave a node, then those its text gives it. */
    static Set<String> aliases(Tx tx, int space, Id id, String textAliases) {
        Set<String> aliases = new LinkedHashSet<>(tx.all(
                "SELECT DISTINCT key FROM link_tags WHERE space = ? AND src = ? AND type = 'alias' AND dst = ? ORDER BY key",
                row -> row.getString(1), space, id, id));
        textAliases.lines().forEach(aliases::add);
        return aliases;
    }

    /** Joins a few of the pieces that many saves have left the index in: every search looks into each. @return whether there are more */
    private static boolean join(Tx tx) {
        long before = changes(tx);
        tx.run("INSERT INTO words (words, rank) VALUES ('merge', ?)", PAGES);
        return changes(tx) - before > 1; // SQLite's documentation: the command itself counts as one
    }

    private static long changes(Tx tx) {
        return tx.first("SELECT total_changes()", row -> row.getLong(1)).orElseThrow();
    }
}
