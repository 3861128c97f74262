package dev.heph.store.query;

import dev.heph.model.id.Id;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Which node is the journal of a day: its journal, or, where there is none, a doc that is called so, as the daily notes of folders are. */
public final class Journals {
    private static final String NAMED = " FROM names m JOIN nodes n ON n.space = m.space AND n.id = m.entity"
            + " WHERE m.space = ? AND m.rank = 0 AND n.kind IN ('journal', 'doc') AND n.title = m.folded";

    private static final String LIKE_A_DAY = " AND m.folded GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'";

    private final Db db;
    private final int space;

    public Journals(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** Of several docs the one that was there first. */
    public Optional<Id> of(LocalDate day) {
        return db.first("SELECT n.id" + NAMED + " AND m.folded = ? ORDER BY n.kind = 'doc', n.created, n.id LIMIT 1",
                row -> Id.of(row.bytes(1)), space, day.toString());
    }

    /** The last one before a day. */
    public Optional<Id> before(LocalDate day) {
        return next("SELECT m.folded" + NAMED + LIKE_A_DAY + " AND m.folded >= '0' AND m.folded < ? ORDER BY m.folded DESC LIMIT 1", day);
    }

    /** The first one after a day. */
    public Optional<Id> after(LocalDate day) {
        return next("SELECT m.folded" + NAMED + LIKE_A_DAY + " AND m.folded > ? AND m.folded < ':' ORDER BY m.folded LIMIT 1", day);
    }

    private Optional<Id> next(String query, LocalDate day) {
        Optional<String> found = db.first(query, row -> row.text(1), space, day.toString());
        while (found.isPresent() && day(found.get()).isEmpty()) {
            found = db.first(query, row -> row.text(1), space, found.get());
        }
        return found.flatMap(Journals::day).flatMap(this::of);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
