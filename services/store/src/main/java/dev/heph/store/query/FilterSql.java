package dev.heph.store.query;

import dev.heph.model.date.When;
import dev.heph.model.filter.Comparison;
import dev.heph.model.filter.Filter;
import dev.heph.model.filter.Key;
import dev.heph.model.node.Kind;
import dev.heph.store.view.SearchText;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A filter as a condition on {@code nodes n LEFT JOIN tasks t}. The filters' own {@link Filter#matches} says what it must mean. */
final class FilterSql {
    private static final String TAGS = "SELECT g.folded FROM tagged g WHERE g.space = n.space AND g.entity = n.id"
            + " UNION ALL SELECT m.folded FROM link_tags l JOIN nodes tn ON tn.space = l.space AND tn.id = l.dst AND tn.tombstoned = 0"
            + " JOIN names m ON m.space = l.space AND m.entity = l.dst AND m.rank = 0"
            + " WHERE l.space = n.space AND l.src = n.id AND l.type = 'tagged'";

    private static final String PROJECT = "SELECT 1 FROM nodes pn WHERE pn.space = t.space AND pn.id = t.project AND pn.kind = 'project'"
            + " AND pn.tombstoned = 0";

    private final int space;
    private final List<Object> params = new ArrayList<>();
    private final String condition;
    private final String doDate;
    private final String lateOn;

    /** @param due whether the table {@code due} is at hand, with the dates at which recurring tasks stand now */
    FilterSql(int space, Filter filter, boolean due) {
        this.space = space;
        this.doDate = due ? "coalesce(due.do_date, t.do_date)" : "t.do_date";
        this.lateOn = due ? "coalesce(due.late_on, t.late_on)" : "t.late_on";
        this.condition = of(filter);
    }

    /** The condition of a filter that asks only what there is and what there is not. */
    static String withoutParams(Filter filter) {
        FilterSql sql = new FilterSql(0, filter, false);
        if (!sql.params.isEmpty()) {
            throw new IllegalArgumentException("it has parameters: " + filter.words());
        }
        return sql.condition();
    }

    /** The do-date as SQL. */
    String doDate() {
        return doDate;
    }

    String lateOn() {
        return lateOn;
    }

    String condition() {
        return condition;
    }

    /** In the order of the condition's question marks. */
    List<Object> params() {
        return params;
    }

    private String of(Filter filter) {
        return switch (filter) {
            case Filter.Everything all -> "1";
            case Filter.And(List<Filter> parts) -> joined(parts, " AND ");
            case Filter.Or(List<Filter> parts) -> joined(parts, " OR ");
            case Filter.Not(Filter denied) -> "NOT coalesce(" + of(denied) + ", 0)";
            case Filter.OfKind(Kind kind) -> with(kind.word(), "n.kind = ?");
            case Filter.InState(var state) -> with(state.word(), "coalesce(t.state, '') = ?");
            case Filter.WithAttention(var attention) -> with(attention.word(), "coalesce(t.attention, '') = ?");
            case Filter.InProject(String name) -> inProject(name);
            case Filter.Tagged(String name) -> {
                params.add(name);
                yield with(name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "/%",
                        "EXISTS (SELECT 1 FROM (" + TAGS + ") WHERE folded = ? OR folded LIKE ? ESCAPE '\\')");
            }
            case Filter.Has(Key key) -> has(key);
            case Filter.Dated(Key key, Comparison comparison, When when) -> dated(key, comparison, when);
            case Filter.Passed(var now) -> {
                params.add(now.today().toString());
                yield with(minute(now.clock()), "coalesce(iif(length(LATE) = 10, LATE < ?, substr(LATE, 1, 16) <= ?), 0)".replace("LATE", lateOn));
            }
            case Filter.Text(String phrase) -> text(phrase);
        };
    }

    private String joined(List<Filter> parts, String by) {
        return parts.stream().map(this::of).collect(Collectors.joining(by, "(", ")"));
    }

    private String with(Object param, String sql) {
        params.add(param);
        return sql;
    }

    private String inProject(String name) {
        return "t.project IN (WITH RECURSIVE inside(id) AS (" + projects(name)
                + " UNION SELECT c.id FROM nodes c JOIN inside i ON c.parent = i.id WHERE c.space = " + space + " AND c.tombstoned = 0)"
                + " SELECT id FROM inside)";
    }

    /** The ids of those of that name and, of {@code a/b}, of each b that lies in a. */
    private String projects(String name) {
        int slash = name.lastIndexOf('/');
        String called = projectsCalled(name);
        return slash < 0 ? called
                : called + " UNION SELECT e.id FROM nodes e WHERE e.space = " + space + " AND e.id IN (" + projectsCalled(name.substring(slash + 1))
                        + ") AND e.parent IN (" + projects(name.substring(0, slash)) + ")";
    }

    /** Of that title or, if none has it, of that other name: a project that was renamed is found as before. */
    private String projectsCalled(String name) {
        params.add(space);
        return with(name, "SELECT m.entity FROM names m JOIN nodes r ON r.space = m.space AND r.id = m.entity"
                + " AND r.kind = 'project' AND r.tombstoned = 0 WHERE m.space = ? AND m.folded = ? AND (m.rank = 0"
                + " OR m.rank = 2 AND NOT EXISTS (SELECT 1 FROM names o JOIN nodes p ON p.space = o.space AND p.id = o.entity AND p.kind = 'project'"
                + " AND p.tombstoned = 0 WHERE o.space = m.space AND o.folded = m.folded AND o.rank = 0))");
    }

    private String has(Key key) {
        return switch (key) {
            case PROJECT -> "EXISTS (" + PROJECT + ")";
            case TAG -> "EXISTS (" + TAGS + ")";
            case DO -> doDate + " IS NOT NULL";
            default -> lateOn + " IS NOT NULL";
        };
    }

    private String dated(Key key, Comparison comparison, When when) {
        String column = key == Key.DO ? doDate : lateOn;
        String sign = comparison == Comparison.ON ? "=" : comparison.sign();
        if (when instanceof When.Moment(LocalDateTime at)) {
            String ofDay = key == Key.DO ? column : "date(" + column + ", '+1 day')";
            return with(minute(at), "coalesce(iif(length(" + column + ") = 10, " + ofDay + " || 'T00:00', substr(" + column + ", 1, 16)) "
                    + sign + " ?, 0)");
        }
        return with(((When.Day) when).date().toString(), "coalesce(substr(" + column + ", 1, 10) " + sign + " ?, 0)");
    }

    private static String minute(LocalDateTime at) {
        return at.toString().substring(0, 16);
    }

    /** Found in the node, or in the document that is a task's context. */
    private String text(String phrase) {
        String match = "{title body} : \"" + SearchText.of(phrase).replace("\"", "\"\"").strip() + "\"";
        params.add(match);
        params.add(match);
        return "(n.num IN (SELECT rowid FROM words WHERE words MATCH ?) OR n.id IN (SELECT l.src FROM words JOIN nodes d ON d.num = words.rowid"
                + " JOIN link_tags l ON l.space = d.space AND l.dst = d.id AND l.type = 'canonical-context' WHERE words MATCH ?))";
    }
}
