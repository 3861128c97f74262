package dev.heph.store.query;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.op.Hlc;
import dev.heph.model.rank.Blocks;
import dev.heph.model.rank.Board;
import dev.heph.model.rank.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The committed, outstanding tasks, kept in memory, because what is next depends on all of them and on the time. Read from the
 * database once; then only what changed is read again, before the next answer.
 */
public final class OpenTasks {
    /** More changed nodes than this are read as all tasks are. */
    private static final int MANY = 2_000;

    private static final String OPEN = "SELECT t.id, t.attention, t.do_date, t.late_on, n.created, t.project IS NULL AND t.do_date IS NULL"
            + " AND t.late_on IS NULL AND NOT EXISTS (SELECT 1 FROM link_tags l WHERE l.space = t.space AND l.src = t.id AND l.type = 'tagged')"
            + " FROM tasks t JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.kind = 'task' AND n.tombstoned = 0"
            + " WHERE t.space = ? AND t.state = 'outstanding' AND t.committed = 1";

    private final Db db;
    private final int space;
    private final Dates dates;
    private final Set<Id> changed = ConcurrentHashMap.newKeySet();

    private final Map<Id, Open> open = new HashMap<>();
    private boolean read;
    private WorkingSet last;

    public OpenTasks(Db db, int space, Dates dates) {
        this.db = db;
        this.space = space;
        this.dates = dates;
    }

    /** @param unsorted it was captured, and nobody has said since what it belongs to or when it is to be done */
    private record Open(Candidate task, boolean unsorted) {}

    /** Tells of what was committed; the next answer reads it again. */
    public void changed(Collection<Id> ids) {
        changed.addAll(ids);
    }

    /**
     * All open tasks at one moment.
     *
     * @param unsorted how many are in the inbox
     * @param until when the next date comes: before that nothing but a commit changes it
     */
    public record WorkingSet(Board board, int unsorted, Instant from, Instant until) {
        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    /**
     * The open tasks as they are now. To be asked for first of all within a read: then what else it reads is not older than this.
     */
    public synchronized WorkingSet now() {
        Instant now = dates.now();
        if (refresh() || last == null || !last.holdsAt(now)) {
            List<Candidate> tasks = open.values().stream().map(Open::task).toList();
            int unsorted = (int) open.values().stream().filter(Open::unsorted).count();
            Instant until = tasks.stream()
                    .flatMap(task -> Stream.concat(task.doFrom().stream(), task.lateFrom().stream()))
                    .filter(now::isBefore)
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
            last = new WorkingSet(Board.of(tasks, blocks(), now), unsorted, now, until);
        }
        return last;
    }

    /** Brings the tasks up to date. @return whether something may have changed */
    private boolean refresh() {
        // What is committed from here on is in the list for next time, whether or not this read sees it.
        List<Id> news = new ArrayList<>();
        changed.removeIf(id -> news.add(id));
        if (!read || news.size() > MANY) {
            open.clear();
            db.all(OPEN, this::open, space).forEach(task -> open.put(task.task().id(), task));
            read = true;
            return true;
        }
        for (Id id : news) {
            Optional<Open> now = db.first(OPEN + " AND t.id = ?", this::open, space, id.bytes());
            if (now.isPresent()) {
                open.put(id, now.get());
            } else {
                open.remove(id);
            }
        }
        return !news.isEmpty();
    }

    private Open open(Db.Cells row) {
        Candidate task = new Candidate(Id.of(row.bytes(1)),
                row.maybe(2).flatMap(Attention::of).orElse(Attention.WHITE),
                row.maybe(3).map(date -> dates.at(date, false)), row.maybe(4).map(date -> dates.at(date, true)),
                Instant.ofEpochMilli(Hlc.of(row.bytes(5)).millis()));
        return new Open(task, row.yes(6));
    }

    private List<Blocks> blocks() {
        return db.all("SELECT DISTINCT src, dst FROM link_tags WHERE space = ? AND type = 'blocks'",
                row -> new Blocks(Id.of(row.bytes(1)), Id.of(row.bytes(2))), space);
    }
}
