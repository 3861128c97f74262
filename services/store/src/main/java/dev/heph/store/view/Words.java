package dev.heph.store.view;

import dev.heph.store.db.Tx;
import java.util.Set;

/** The full-text index: the words of titles, aliases and bodies of the visible nodes. */
public final class Words {
    /** How many pages of the index are joined in one step: a few milliseconds. */
    private static final int PAGES = 64;

    private final Tx tx;

    Words(Tx tx) {
        this.tx = tx;
    }

    void refresh(long num, boolean wasIndexed, boolean index, String title, Set<String> aliases, String body) {
        if (wasIndexed) {
            tx.run("DELETE FROM words WHERE rowid = ?", num);
        }
        if (index) {
            tx.run("INSERT INTO words (rowid, title, aliases, body) VALUES (?, ?, ?, ?)",
                    num, SearchText.of(title), SearchText.of(String.join("\n", aliases)), SearchText.of(body));
        }
    }

    /** Joins a few of the pieces that many saves have left the index in: every search looks into each. @return whether there are more */
    public static boolean join(Tx tx) {
        long before = changes(tx);
        tx.run("INSERT INTO words (words, rank) VALUES ('merge', ?)", PAGES);
        return changes(tx) - before > 1; // SQLite's documentation: the command itself counts as one
    }

    private static long changes(Tx tx) {
        return tx.first("SELECT total_changes()", row -> row.getLong(1)).orElseThrow();
    }
}
