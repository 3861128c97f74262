package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.filter.Filter;
import dev.heph.model.filter.Key;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.op.Hlc;
import dev.heph.model.rank.Blocks;
import dev.heph.model.rank.Board;
import dev.heph.model.rank.Candidate;
import dev.heph.model.rank.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The committed, outstanding tasks, kept in memory, because what is next depends on all of them and on the time. Read from the
 * database once; then only what changed is read again, before the next answer.
 */
public final class OpenTasks {
    /** More changed nodes than this are read as all tasks are. */
    private static final int MANY = 2_000;

    /** So many rows are kept as they were shown: some kilobytes each. */
    private static final int MOST_SHOWN = 1_000;

    /** What was captured and nobody has said since what it belongs to or when it is to be done. */
    private static final Filter UNSORTED = Filter.allOf(
            Stream.of(Key.PROJECT, Key.TAG, Key.DO, Key.LATE).map(key -> new Filter.Has(key).negated()).toList());

    private static final String OPEN = "SELECT t.id, t.attention, t.do_date, t.late_on, n.created, " + FilterSql.withoutParams(UNSORTED)
            + ", t.recurrence IS NOT NULL FROM tasks t JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.kind = 'task' AND n.tombstoned = 0"
            + " WHERE t.space = ? AND t.state = 'outstanding' AND t.committed = 1";

    /** The tasks of a project or tag: whether they are sorted depends on whether it is there. */
    private static final String IN_IT = "SELECT t.id FROM nodes n JOIN tasks t ON t.space = n.space AND t.project = n.id"
            + " WHERE n.space = ?1 AND n.id = ?2 AND n.kind = 'project'"
            + " UNION SELECT l.src FROM nodes n JOIN link_tags l ON l.space = n.space AND l.dst = n.id AND l.type = 'tagged'"
            + " WHERE n.space = ?1 AND n.id = ?2 AND n.kind = 'tag'";

    private final Db db;
    private final int space;
    private final Dates dates;
    private final Recurring recurring;
    private Instant readAt = Instant.MIN;
    private final Set<Id> changed = ConcurrentHashMap.newKeySet();

    private final OpenColumns open = new OpenColumns();

    /** The tasks that have more rows than one, because each missed date is to be done, and those rows. */
    private final Map<Id, List<Id>> further = new HashMap<>();
    private final Map<Id, Id> tasks = new HashMap<>();
    private List<Blocks> blocks = List.of();
    private boolean read;
    private WorkingSet last;
    private WorkingSet whole;

    /** Rows as they were shown to somebody, each until something about it changes or a date comes. */
    private final Map<Id, ObjectNode> shown = new HashMap<>();
    private Instant shownUntil = Instant.MIN;

    public OpenTasks(Db db, int space, Dates dates, Recurring recurring) {
        this.recurring = recurring;
        this.db = db;
        this.space = space;
        this.dates = dates;
    }

    /** Tells of what was committed; the next answer reads it again. */
    public void changed(Collection<Id> ids) {
        changed.addAll(ids);
    }

    /**
     * The open tasks at one moment.
     *
     * @param board all of them, or those that can be rows
     * @param others how many are offered besides those on the board
     * @param unsorted how many are in the inbox
     * @param soonest the put off task whose do-date comes first
     * @param until when the next date comes: before that nothing but a commit changes it
     * @param tasks of the rows that are further dates of a task, the task; any other row has the id of its task
     */
    public record WorkingSet(Board board, int others, Counts counts, int unsorted, Optional<Candidate> soonest, int limit,
            Instant from, Instant until, Map<Id, Id> tasks) {
        /** The task that a row belongs to. */
        Id taskOf(Id row) {
            return tasks.getOrDefault(row, row);
        }

        boolean holdsAt(Instant now, int forLimit) {
            return limit == forLimit && !now.isBefore(from) && now.isBefore(until);
        }
    }

    /** Every task is on the board. */
    private static final int ALL = Integer.MAX_VALUE;

    /** All open tasks as they are now. To be asked for first of all within a read: then what else it reads is not older. */
    public WorkingSet all() {
        return now(ALL);
    }

    /** As {@link #all}, but on the board is only what {@code limit} rows need. */
    public synchronized WorkingSet now(int limit) {
        Instant now = dates.now();
        if (refresh(now)) {
            last = null;
            whole = null;
        }
        WorkingSet known = limit == ALL ? whole : last;
        if (known != null && known.holdsAt(now, limit)) {
            return known;
        }
        OpenColumns.Front front = open.front(now, limit == ALL ? 0 : limit);
        if (!front.until().equals(shownUntil)) {
            shown.clear(); // a date has come, or there is another one
            shownUntil = front.until();
        }
        Collection<Candidate> rows = limit == ALL ? open.tasks() : front.first();
        WorkingSet made = new WorkingSet(Board.of(rows, blocks, now), limit == ALL ? 0 : front.others(), front.counts(),
                front.unsorted(), front.soonest(), limit, now, front.until(), Map.copyOf(tasks));
        if (limit == ALL) {
            whole = made;
        } else {
            last = made;
        }
        return made;
    }

    /**
     * A row as it is shown.
     *
     * @param asked the working set it is shown from
     * @param read reads it, if that was not done since something about it changed
     * @return not to be changed
     */
    ObjectNode shown(WorkingSet asked, Id row, Supplier<ObjectNode> read) {
        synchronized (this) {
            if (isCurrent(asked) && shown.containsKey(row)) {
                return shown.get(row);
            }
        }
        ObjectNode made = read.get();
        synchronized (this) {
            if (isCurrent(asked)) { // else what was read may be older than what is known to have changed
                if (shown.size() >= MOST_SHOWN) {
                    shown.clear();
                }
                shown.put(row, made);
            }
        }
        return made;
    }

    private boolean isCurrent(WorkingSet asked) {
        return asked == last || asked == whole;
    }

    /** Brings the tasks up to date. @return whether something may have changed */
    private boolean refresh(Instant now) {
        // What is committed from here on is in the list for next time, whether or not this read sees it.
        List<Id> news = new ArrayList<>();
        changed.removeIf(id -> news.add(id));
        open.changedBy(now).forEach(row -> news.add(tasks.getOrDefault(row, row)));
        // A clock that was set back makes occurrences be to come again.
        boolean all = !read || now.isBefore(readAt) || news.size() > MANY || !addTheirs(news);
        read = false; // until it is done: what a failure leaves half read is read again from the beginning
        if (all) {
            open.clear();
            shown.clear();
            further.clear();
            tasks.clear();
            Map<Id, Recurring.Definition> repeating = recurring.outstanding().stream()
                    .collect(Collectors.toMap(Recurring.Definition::task, Function.identity()));
            db.all(OPEN, row -> open(row, id -> Optional.ofNullable(repeating.get(id))), space).forEach(this::put);
        } else {
            for (Id id : news) {
                if (!tasks.containsKey(id)) { // with a further date its task has changed
                    remove(id);
                    db.first(OPEN + " AND t.id = ?", row -> open(row, recurring::definition), space, id.bytes()).ifPresent(this::put);
                }
            }
        }
        readAt = now;
        boolean isNew = all || !news.isEmpty();
        if (isNew) {
            readBlocks();
        }
        read = true;
        return isNew;
    }

    /** Adds the tasks of the projects and tags among them. @return whether that was few enough */
    private boolean addTheirs(List<Id> news) {
        for (Id id : List.copyOf(news)) {
            news.addAll(db.all(IN_IT, row -> Id.of(row.bytes(1)), space, id.bytes()));
        }
        return news.size() <= MANY;
    }

    private void put(List<OpenColumns.Open> rows) {
        rows.forEach(open::put);
        Id task = rows.getFirst().task().id();
        List<Id> others = rows.stream().skip(1).map(row -> row.task().id()).toList();
        if (!others.isEmpty()) {
            further.put(task, others);
            others.forEach(row -> tasks.put(row, task));
        }
    }

    private void remove(Id task) {
        open.remove(task);
        shown.remove(task);
        Optional.ofNullable(further.remove(task)).ifPresent(others -> others.forEach(row -> {
            open.remove(row);
            shown.remove(row);
            tasks.remove(row);
        }));
    }

    /** The rows of a task: one, but where each missed date is to be done. */
    private List<OpenColumns.Open> open(Db.Cells row, Function<Id, Optional<Recurring.Definition>> definition) {
        Id id = Id.of(row.bytes(1));
        List<Recurring.Due> dates = row.yes(7) ? definition.apply(id).map(recurring::rows).orElse(List.of()) : List.of();
        return dates.isEmpty() ? List.of(open(row, id, Optional.empty()))
                : dates.stream().map(due -> open(row, due.row(), Optional.of(due))).toList();
    }

    private OpenColumns.Open open(Db.Cells row, Id id, Optional<Recurring.Due> due) {
        Optional<String> doDate = due.map(Recurring.Due::doDate).or(() -> row.maybe(3));
        Optional<String> lateOn = due.isPresent() ? due.get().lateOn() : row.maybe(4);
        Candidate task = new Candidate(id,
                row.maybe(2).flatMap(Attention::of).orElse(Attention.WHITE),
                doDate.map(date -> dates.at(date, false)), lateOn.map(date -> dates.at(date, true)),
                Instant.ofEpochMilli(Hlc.of(row.bytes(5)).millis()));
        return new OpenColumns.Open(task, row.yes(6) && due.isEmpty(), due.flatMap(Recurring.Due::changesAt));
    }

    /** What a task waits for, all of its rows wait for; what waits for it waits for all of them. */
    private void readBlocks() {
        blocks = db.all("SELECT DISTINCT src, dst FROM link_tags WHERE space = ? AND type = 'blocks'",
                row -> new Blocks(Id.of(row.bytes(1)), Id.of(row.bytes(2))), space).stream()
                .flatMap(edge -> rows(edge.blocker()).flatMap(blocker -> rows(edge.blocked()).map(blocked -> new Blocks(blocker, blocked))))
                .toList();
        Set<Id> tangled = new HashSet<>();
        blocks.forEach(edge -> tangled.addAll(List.of(edge.blocker(), edge.blocked())));
        open.tangle(tangled);
    }

    private Stream<Id> rows(Id task) {
        return Stream.concat(Stream.of(task), further.getOrDefault(task, List.of()).stream());
    }
}
