package dev.heph.store.query;

import java.util.List;

/**
 * A word or phrase to look for.
 *
 * @param text as typed, without quotes and the star
 * @param words the words of it, folded; never empty
 * @param prefix whether the last word may go on
 * @param start offset of {@code text} in what was typed
 */
record Term(String text, List<String> words, boolean prefix, int start) {
    /** The end of the term if it stands where {@code cursor} has just found a word, else -1. */
    int endIn(String body, WordCursor cursor) {
        if (words.size() == 1) {
            return (prefix ? cursor.begins(words.getFirst()) : cursor.is(words.getFirst())) ? cursor.end() : -1;
        }
        if (!cursor.is(words.getFirst())) {
            return -1;
        }
        WordCursor on = new WordCursor(body, cursor.end());
        for (int word = 1; word < words.size(); word++) {
            boolean open = prefix && word == words.size() - 1;
            if (!on.next() || !(open ? on.begins(words.get(word)) : on.is(words.get(word)))) {
                return -1;
            }
        }
        return on.end();
    }
}
