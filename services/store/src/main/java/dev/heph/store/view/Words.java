package dev.heph.store.view;

import dev.heph.store.db.Tx;
import java.util.Set;

/** The full-text index: the words of titles, aliases and bodies of the visible nodes. */
final class Words {
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
}
