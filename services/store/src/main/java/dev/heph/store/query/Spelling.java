package dev.heph.store.query;

import dev.heph.model.id.NameFold;
import dev.heph.settings.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** For a search that found nothing: what may have been meant. */
final class Spelling {
    /** A shorter word is like too many others. */
    private static final int SHORTEST = 3;

    private static final int LONGEST = 30;
    private static final int MOST_WORDS = 8;
    private static final int MOST_CANDIDATES = 20_000;

    /** Its own word table, whose {@code doc} says in how many nodes a term is. */
    private static final String VOCABULARY =
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary_of_words USING fts5vocab(main, words, row)";

    private static final String TAGS = "SELECT DISTINCT folded FROM tagged WHERE space = ?1"
            + " UNION SELECT m.folded FROM names m JOIN nodes n ON n.space = m.space AND n.id = m.entity AND n.kind = 'tag'"
            + " WHERE m.space = ?1 AND m.rank = 0 LIMIT " + MOST_CANDIDATES;

    private final Db db;
    private final int space;

    Spelling(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** What was typed, each word and tag that is nowhere replaced by the nearest one that is somewhere; empty when none is. */
    Optional<String> corrected(String typed, WordQuery query) {
        db.define(VOCABULARY);
        NavigableMap<Integer, Correction> corrections = new TreeMap<>();
        query.operators().stream()
                .filter(operator -> operator.key() == Operator.Key.TAG && !operator.denied())
                .forEach(operator -> tag(operator).ifPresent(correction -> corrections.put(correction.start(), correction)));
        for (Term term : query.wanted()) {
            for (WordCursor word = new WordCursor(term.text(), 0); word.next() && corrections.size() < MOST_WORDS;) {
                int start = term.start() + word.start();
                int length = word.end() - word.start();
                boolean open = term.prefix() && word.end() == term.text().length();
                nearest(word.word(), open).ifPresent(near -> corrections.put(start, new Correction(start, length, near)));
            }
        }
        StringBuilder corrected = new StringBuilder(typed);
        corrections.descendingMap().values().forEach(one -> corrected.replace(one.start(), one.start() + one.length(), one.text()));
        return corrections.isEmpty() ? Optional.empty() : Optional.of(corrected.toString());
    }

    private record Correction(int start, int length, String text) {}

    private Optional<Correction> tag(Operator operator) {
        List<String> tags = db.all(TAGS, row -> row.text(1), space);
        String name = NameFold.fold(operator.value().replaceFirst("^#", ""));
        boolean known = tags.stream().anyMatch(tag -> tag.equals(name) || tag.startsWith(name + "/"));
        return known ? Optional.empty()
                : Nearest.to(name, tags).map(tag -> new Correction(operator.start(), operator.value().length(), tag));
    }

    /** Those that are in the most nodes first, so that of equally near ones the commonest is meant. */
    private Optional<String> nearest(String word, boolean open) {
        if (word.length() < SHORTEST || word.length() > LONGEST || isKnown(word, open)) {
            return Optional.empty();
        }
        int most = Math.max(1, word.length() / 3);
        int second = word.offsetByCodePoints(0, 1);
        // Nobody mistypes both of the first two letters: few words have to be compared.
        List<String> candidates = db.all("SELECT term FROM (SELECT term, doc FROM temp.vocabulary_of_words WHERE term >= ?1 AND term < ?2"
                        + " UNION SELECT term, doc FROM temp.vocabulary_of_words WHERE term >= ?3 AND term < ?4)"
                        + " WHERE length(term) BETWEEN ?5 AND ?6 ORDER BY doc DESC, term LIMIT " + MOST_CANDIDATES,
                row -> row.text(1), from(word, 0), to(word, 0), from(word, second), to(word, second),
                Math.max(SHORTEST, word.length() - most), word.length() + most);
        return Nearest.to(word, candidates).map(this::asWritten);
    }

    /** The index knows a word without its accents; people write them. */
    private String asWritten(String word) {
        String text = db.first("SELECT n.title || char(10) || coalesce(n.body, '') FROM words JOIN nodes n ON n.num = words.rowid"
                + " WHERE words MATCH ? LIMIT 1", row -> row.text(1), "\"" + word + "\"").orElse("");
        for (WordCursor cursor = new WordCursor(text, 0); cursor.next();) {
            if (cursor.is(word)) {
                return text.substring(cursor.start(), cursor.end()).toLowerCase(Locale.ROOT);
            }
        }
        return word;
    }

    private boolean isKnown(String word, boolean open) {
        return db.first("SELECT 1 FROM temp.vocabulary_of_words WHERE term >= ? AND term <= ? LIMIT 1", row -> true,
                word, open ? word + Character.toString(Character.MAX_CODE_POINT) : word).isPresent();
    }

    private static String from(String word, int letter) {
        return Character.toString(word.codePointAt(letter));
    }

    private static String to(String word, int letter) {
        return Character.toString(word.codePointAt(letter) + 1);
    }
}
