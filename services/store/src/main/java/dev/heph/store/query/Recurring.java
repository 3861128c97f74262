package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.Id;
import dev.heph.model.recur.Closed;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Occurrence;
import dev.heph.model.recur.Occurrences;
import dev.heph.model.recur.Outcome;
import dev.heph.model.recur.Recurrence;
import dev.heph.model.recur.RecurrenceText;
import dev.heph.runtime.Json;
import dev.heph.store.view.Tail;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where recurring tasks stand now: computed from the rule, what was closed and the time, and written nowhere ("occurrences" in
 * docs/design/recurrence.md).
 */
public final class Recurring {
    private static final String OPEN = "SELECT t.id, t.recurrence, t.missed, t.late_on FROM tasks t"
            + " JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.tombstoned = 0"
            + " WHERE t.space = ? AND t.recurrence IS NOT NULL";

    private static final String PUT = "SELECT id, start, state, closed, do_date, late_on, task FROM occurrences WHERE space = ?";

    /** Where each missed date is to be done, a task has no more rows than these; the last one says how many dates there are beyond. */
    static final int MOST_ROWS = 30;

    /** More rules than these are read again, and the dates of more tasks computed again. */
    private static final int KEPT_RULES = 20_000;

    private final Db db;
    private final int space;
    private final Dates dates;
    private final Map<Written, Optional<Recurrence>> rules = new ConcurrentHashMap<>();
    private final Map<Id, Standing> standing = new ConcurrentHashMap<>();

    public Recurring(Db db, int space, Dates dates) {
        this.db = db;
        this.space = space;
        this.dates = dates;
    }

    /**
     * A recurring task.
     *
     * @param lateOn when its first occurrence is late; a later one is so much later
     * @param put where people put single occurrences
     */
    public record Definition(Id task, Recurrence recurrence, Optional<String> lateOn, List<Put> put, List<Closed> closed) {
        public Occurrences occurrences() {
            return new Occurrences(task, recurrence, closed);
        }
    }

    /** An occurrence that somebody touched. @param state outstanding, done, dropped or skipped */
    public record Put(Id id, LocalDateTime start, String state, Optional<LocalDateTime> closed, Optional<String> doDate, Optional<String> lateOn) {}

    /**
     * The occurrence that a task stands for now, as dates are stored.
     *
     * @param missed how many dates it stands for besides its own
     * @param changesAt when time alone changes this
     * @param further whether it is not where the task stands, but a later date that is to be done as well
     */
    public record Due(Id task, Occurrence occurrence, String doDate, Optional<String> lateOn, int missed, Optional<Instant> changesAt,
            boolean further) {
        /** What tells rows apart: the task, or of further dates the occurrence. */
        Id row() {
            return further ? occurrence.id() : task;
        }
    }

    /** A recurring task, and which of its occurrences is meant. @param occurrence empty: that at which the task stands */
    public record Meant(Definition definition, Optional<Id> occurrence) {
        /** The occurrence, if somebody was through with it. */
        public Optional<Closed> closed() {
            return definition.closed().stream().filter(one -> occurrence.equals(Optional.of(one.id()))).findFirst();
        }
    }

    /** The recurring task of this id; empty when it does not repeat, or not in a way that this version knows. */
    public Optional<Definition> definition(Id task) {
        return db.first(OPEN + " AND t.id = ?", row -> definition(row, put(task)), space, task.bytes()).flatMap(read -> read);
    }

    /** What is meant by the id of a recurring task, or by that of an occurrence that is open or was touched. */
    public Optional<Meant> meant(Id id) {
        if (db.first("SELECT 1 FROM nodes WHERE space = ? AND id = ?", row -> true, space, id.bytes()).isPresent()) {
            return definition(id).map(definition -> new Meant(definition, Optional.empty()));
        }
        return db.first("SELECT task FROM occurrences WHERE space = ? AND id = ?", row -> Id.of(row.bytes(1)), space, id.bytes())
                .or(() -> openOfAll().filter(due -> due.occurrence().id().equals(id)).findFirst().map(Due::task))
                .flatMap(this::definition)
                .map(definition -> new Meant(definition, Optional.of(id)));
    }

    /** The task of an occurrence; any other id is that of the task itself. */
    public Id taskOf(Id id) {
        return meant(id).map(meant -> meant.definition().task()).orElse(id);
    }

    /** The occurrences in rows of their own whose ids end so, and the touched one of this whole id. */
    List<Id> called(String text) {
        Optional<Id> whole = Id.parse(text);
        return whole.isPresent() ? whole.filter(id -> meant(id).isPresent()).stream().toList()
                : Tail.ofEnd(text).stream()
                        .flatMap(tail -> openOfAll().map(due -> due.occurrence().id()).filter(id -> Tail.of(id).startsWith(tail)))
                        .toList();
    }

    /** What is open of the tasks whose missed dates are each to be done. */
    private Stream<Due> openOfAll() {
        return outstanding().stream().filter(definition -> definition.recurrence().missed() == Missed.ALL).flatMap(definition -> rows(definition).stream());
    }

    /** The rows of every outstanding recurring task. */
    List<Due> open() {
        return outstanding().stream().flatMap(definition -> rows(definition).stream()).toList();
    }

    /** Where one stands and, if each missed date is to be done, the later ones too, the oldest first; none when its rule has ended. */
    List<Due> rows(Definition definition) {
        Instant now = dates.now();
        Standing known = standing.get(definition.task());
        if (known != null && known.definition().equals(definition) && known.holdsAt(now)) {
            return known.rows();
        }
        if (standing.size() > KEPT_RULES) {
            standing.clear();
        }
        Standing made = new Standing(definition, rows(definition, now(definition.recurrence())), now);
        standing.put(definition.task(), made);
        return made.rows();
    }

    /** Where a task stood at a moment: so it stands until its next date comes. */
    private record Standing(Definition definition, List<Due> rows, Instant from) {
        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && rows.stream().findFirst().flatMap(Due::changesAt).map(now::isBefore).orElse(true);
        }
    }

    private List<Due> rows(Definition definition, ZonedDateTime now) {
        Occurrences occurrences = definition.occurrences();
        List<Occurrence> active = definition.recurrence().missed() == Missed.ALL ? occurrences.active(now, MOST_ROWS) : List.of();
        if (active.size() < 2) {
            return occurrences.current(now).stream()
                    .map(current -> due(definition, current, false, occurrences.missed(now), changesAt(definition, occurrences, now)))
                    .toList();
        }
        int shown = active.size();
        int beyond = shown < MOST_ROWS ? 0 : occurrences.open(now) - shown;
        Optional<Instant> changesAt = changesAt(definition, occurrences, now);
        List<Due> rows = new ArrayList<>();
        for (int at = 0; at < shown; at++) {
            rows.add(due(definition, active.get(at), at > 0, at + 1 < shown ? 0 : beyond, changesAt));
        }
        return rows;
    }

    /** Where the occurrence that is meant stands; empty when it is closed, or not to be done yet. */
    public Optional<Due> due(Meant meant) {
        return meant.occurrence().isEmpty() ? due(meant.definition())
                : rows(meant.definition()).stream().filter(due -> meant.occurrence().equals(Optional.of(due.occurrence().id()))).findFirst();
    }

    /** All that are outstanding, in two queries, however many there are. */
    List<Definition> outstanding() {
        Map<Id, List<Put>> put = new HashMap<>();
        db.all(PUT, row -> put.computeIfAbsent(Id.of(row.bytes(7)), task -> new ArrayList<>()).add(Recurring.put(row)), space);
        return db.all(OPEN + " AND t.state = 'outstanding'",
                row -> definition(row, put.getOrDefault(Id.of(row.bytes(1)), List.of())), space).stream().flatMap(Optional::stream).toList();
    }

    /** Where one stands; empty when its rule has ended. */
    public Optional<Due> due(Definition definition) {
        return rows(definition).stream().findFirst();
    }

    /**
     * What is to come of every outstanding recurring task after where it stands, up to a day, soonest first. Of those counted from
     * completion nothing is known.
     *
     * @param until the last day
     */
    public ArrayNode coming(LocalDate until, int most) {
        record Coming(Definition definition, LocalDateTime start) {}
        LocalDateTime end = until.plusDays(1).atStartOfDay();
        List<Coming> coming = new ArrayList<>();
        for (Definition definition : outstanding()) {
            ZonedDateTime now = now(definition.recurrence());
            Occurrences occurrences = definition.occurrences();
            Optional<LocalDateTime> current = occurrences.current(now).map(Occurrence::start);
            occurrences.coming(now)
                    .map(Occurrence::start)
                    .filter(start -> current.filter(start::equals).isEmpty())
                    .takeWhile(start -> start.isBefore(end))
                    .limit(most)
                    .forEach(start -> coming.add(new Coming(definition, start)));
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        coming.stream().sorted(Comparator.comparing(Coming::start).thenComparing(one -> one.definition().task())).limit(most)
                .forEach(one -> rows.addObject()
                        .put("id", one.definition().task().toString())
                        .put("title", db.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space,
                                one.definition().task().bytes()).orElse(""))
                        .set("start", dates.start(stored(one.start(), one.definition().recurrence()))));
        return rows;
    }

    private Optional<Instant> changesAt(Definition definition, Occurrences occurrences, ZonedDateTime now) {
        return occurrences.coming(now).findFirst()
                .map(next -> definition.recurrence().moment(next.start(), now.getZone()).plus(dayStart(definition.recurrence())));
    }

    private Due due(Definition definition, Occurrence current, boolean further, int missed, Optional<Instant> changesAt) {
        Optional<Put> put = definition.put().stream().filter(one -> one.id().equals(current.id())).findFirst();
        return new Due(definition.task(), current,
                put.flatMap(Put::doDate).orElseGet(() -> stored(current.start(), definition.recurrence())),
                put.flatMap(Put::lateOn).or(() -> definition.lateOn().map(late -> later(late, definition.recurrence().start(), current.start()))),
                missed, changesAt, further);
    }

    /** Now, for who asks for the dates of a task: a bare day begins when this person's does. */
    public ZonedDateTime now(Recurrence recurrence) {
        return dates.now().minus(dayStart(recurrence)).atZone(dates.zone());
    }

    /** The clock on the wall, to the second; of a bare day, that of the person's day. */
    public LocalDateTime wall(Recurrence recurrence) {
        return now(recurrence).toLocalDateTime().withNano(0);
    }

    /** The person's day. */
    public LocalDate today() {
        return LocalDateTime.ofInstant(dates.now().minus(Duration.between(LocalTime.MIDNIGHT, dates.dayStarts())), dates.zone()).toLocalDate();
    }

    private Duration dayStart(Recurrence recurrence) {
        return isBareDay(recurrence) ? Duration.between(LocalTime.MIDNIGHT, dates.dayStarts()) : Duration.ZERO;
    }

    private static boolean isBareDay(Recurrence recurrence) {
        return recurrence.start().toLocalTime().equals(LocalTime.MIDNIGHT) && !recurrence.rule().frequency().isSubDaily();
    }

    /** The date of an occurrence as a do-date is stored. */
    public static String stored(LocalDateTime start, Recurrence recurrence) {
        return (isBareDay(recurrence) ? start.toLocalDate().toString() : start.toString())
                + (isBareDay(recurrence) ? "" : recurrence.zone().map(zone -> "[" + zone + "]").orElse(""));
    }

    /** The same as people are told it: without an hour where none was given. @param rule how the task repeats, if it still does */
    public static String shown(String start, Optional<String> rule) {
        boolean bare = rule.flatMap(text -> RecurrenceText.read(text, Missed.LATEST)).map(Recurring::isBareDay).orElse(true);
        LocalDateTime at = LocalDateTime.parse(start);
        return bare && at.toLocalTime().equals(LocalTime.MIDNIGHT) ? at.toLocalDate().toString() : start;
    }

    /** As much later as the occurrence is than the first one. */
    public static String later(String lateOn, LocalDateTime first, LocalDateTime start) {
        int zone = lateOn.indexOf('[');
        String local = zone < 0 ? lateOn : lateOn.substring(0, zone);
        Duration shift = Duration.between(first, start);
        return local.contains("T")
                ? LocalDateTime.parse(local).plus(shift) + lateOn.substring(local.length())
                : LocalDate.parse(local).plusDays(start.toLocalDate().toEpochDay() - first.toLocalDate().toEpochDay()).toString();
    }

    private Optional<Definition> definition(Db.Cells row, List<Put> put) {
        Id task = Id.of(row.bytes(1));
        Missed missed = row.maybe(3).flatMap(Missed::of).orElse(Missed.LATEST);
        Optional<String> lateOn = row.maybe(4);
        return recurrence(row.text(2), missed).map(recurrence -> {
            List<Closed> closed = new ArrayList<>();
            put.forEach(one -> outcome(one.state()).ifPresent(outcome ->
                    closed.add(new Closed(one.id(), one.start(), outcome, one.closed().orElse(one.start())))));
            return new Definition(task, recurrence, lateOn, put, closed);
        });
    }

    /** To read a rule takes longer than to find a date by it. */
    private Optional<Recurrence> recurrence(String text, Missed missed) {
        if (rules.size() > KEPT_RULES) {
            rules.clear();
        }
        return rules.computeIfAbsent(new Written(text, missed), written -> RecurrenceText.read(written.text(), written.missed()));
    }

    private record Written(String text, Missed missed) {}

    private List<Put> put(Id task) {
        return db.all(PUT + " AND task = ?", Recurring::put, space, task.bytes());
    }

    private static Put put(Db.Cells row) {
        return new Put(Id.of(row.bytes(1)), LocalDateTime.parse(row.text(2)), row.text(3), row.maybe(4).map(LocalDateTime::parse),
                row.maybe(5), row.maybe(6));
    }

    private static Optional<Outcome> outcome(String state) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().toLowerCase(Locale.ROOT).equals(state)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
