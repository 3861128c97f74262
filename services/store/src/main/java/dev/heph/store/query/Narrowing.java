package dev.heph.store.query;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.date.DateWords;
import dev.heph.model.date.DateWordsException;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.filter.Filter;
import dev.heph.model.filter.FilterException;
import dev.heph.model.filter.Key;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Hlc;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@linkplain Operator operators} ask, as conditions on {@code nodes h}. The text of a task is in its context document, so that
 * what is asked of a task is asked of the one whose document it is, too. A node's date is when it was last changed, a journal's its day.
 */
final class Narrowing {
    private static final int MOST_OPERATORS = 20;

    private static final String ITSELF = "EXISTS (SELECT 1 FROM nodes n WHERE n.num = h.num AND ";

    /** The node itself, and the task whose context it is. */
    private static final String NODE_OR_TASK = "EXISTS (SELECT 1 FROM nodes n LEFT JOIN tasks t ON t.space = n.space AND t.id = n.id"
            + " WHERE n.space = h.space AND n.id IN (SELECT h.id UNION ALL SELECT l.src FROM link_tags l"
            + " WHERE h.context = 1 AND l.space = h.space AND l.dst = h.id AND l.type = 'canonical-context') AND ";

    private final int space;
    private final Lookup lookup;
    private final Dates dates;
    private final Now now;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> params = new ArrayList<>();

    /**
     * @throws HephException for a kind, state or date that is none, a project that there is not, and too many operators: invalid-params,
     *     not-found or ambiguous, too-large
     */
    Narrowing(int space, Lookup lookup, Dates dates, Now now, List<Operator> operators) {
        this.space = space;
        this.lookup = lookup;
        this.dates = dates;
        this.now = now;
        if (operators.size() > MOST_OPERATORS) {
            throw new HephException(Reason.TOO_LARGE, "a search has at most " + MOST_OPERATORS + " of kind:, tag: and their like");
        }
        for (Operator operator : operators) {
            sql.append(operator.denied() ? " AND NOT " : " AND ");
            add(operator);
        }
    }

    /** Empty, or beginning with {@code AND}. */
    String sql() {
        return sql.toString();
    }

    /** In the order of the conditions' question marks. */
    List<Object> params() {
        return params;
    }

    private void add(Operator operator) {
        switch (operator.key()) {
            case KIND, STATE -> nodeOrTask(word(operator), operator.key() == Operator.Key.KIND);
            case TAG -> nodeOrTask(anyOrNone(operator, Key.TAG).orElseGet(() -> tag(operator)), false);
            case PROJECT -> anyOrNone(operator, Key.PROJECT)
                    .ifPresentOrElse(filter -> nodeOrTask(filter, false), () -> project(operator.value()));
            case BEFORE, AFTER -> date(operator);
        }
    }

    private Filter word(Operator operator) {
        try {
            return Filter.parse(operator.key().word() + ":" + operator.value().replaceAll("[\\\\\"'()\\s]", "\\\\$0"), now);
        } catch (FilterException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
    }

    /** {@code none} and {@code any} mean here what they mean in a filter. */
    private static Optional<Filter> anyOrNone(Operator operator, Key key) {
        return switch (operator.value()) {
            case "none" -> Optional.of(new Filter.Has(key).negated());
            case "any" -> Optional.of(new Filter.Has(key));
            default -> Optional.empty();
        };
    }

    private static Filter tag(Operator operator) {
        String name = operator.value().startsWith("#") ? operator.value().substring(1) : operator.value();
        return NameFold.fold(name).isEmpty() ? new Filter.Has(Key.TAG) : new Filter.Tagged(name);
    }

    private void nodeOrTask(Filter filter, boolean itself) {
        FilterSql condition = new FilterSql(space, filter, false);
        sql.append(itself ? ITSELF : NODE_OR_TASK).append(condition.condition()).append(')');
        params.addAll(condition.params());
    }

    private void project(String name) {
        Id project = lookup.named(name.startsWith("@") ? name.substring(1) : name, Optional.of(Kind.PROJECT));
        sql.append(NODE_OR_TASK).append("(n.id = ? OR t.project IN (WITH RECURSIVE inside(id) AS (SELECT ? UNION SELECT c.id FROM nodes c"
                + " JOIN inside i ON c.parent = i.id WHERE c.space = ? AND c.tombstoned = 0) SELECT id FROM inside)))");
        params.addAll(List.of(project.bytes(), project.bytes(), space));
    }

    private void date(Operator operator) {
        When when = DateWords.find(operator.value(), now).filter(date -> !(date instanceof When.None)).orElseThrow(() -> {
            DateWordsException cause = new DateWordsException(operator.value());
            return new HephException(Reason.INVALID_PARAMS, operator.key().word() + ": " + cause.getMessage(), cause);
        });
        String sign = operator.key() == Operator.Key.BEFORE ? "<" : ">=";
        LocalDate day = when instanceof When.Moment moment ? moment.at().toLocalDate() : ((When.Day) when).date();
        Instant start = when instanceof When.Moment moment ? moment.at().atZone(dates.zone()).toInstant() : dates.at(day.toString(), false);
        sql.append("iif(h.kind = 'journal', h.title ").append(sign).append(" ?, h.modified ").append(sign).append(" ?)");
        params.add(day.toString());
        params.add(new Hlc(Math.max(0, start.toEpochMilli()), 0).bytes());
    }
}
