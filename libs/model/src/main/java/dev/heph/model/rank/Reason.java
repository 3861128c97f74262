package dev.heph.model.rank;

import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Why one row stands before another. The order is made of these, the first that tells two tasks apart decides, so what is
 * said about the order cannot differ from it. No two tasks have the same id, so it is total and every device shows the same list.
 */
public enum Reason {
    ATTENTION("asks for more attention", Comparator.comparingInt(ranked -> weight(ranked.attention()))),
    LATE("is late", Comparator.comparingInt(ranked -> ranked.late() ? 0 : 1)),
    DO_DATE("comes first by do-date", Comparator.comparing(ranked -> ranked.task().doFrom().orElse(Instant.MAX))),
    CREATED("is older", Comparator.comparing(ranked -> ranked.task().created())),
    ID("has the smaller id, all else being equal", Comparator.comparing(ranked -> ranked.task().id()));

    private static final List<Reason> ALL = List.of(values());

    /** The first first: red, orange, white, blue; late; the earliest do-date, undated last; the oldest; the smallest id. */
    static final Comparator<Ranked> ORDER = (a, b) -> {
        for (Reason reason : ALL) {
            int compared = reason.order.compare(a, b);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    };

    private final String words;
    private final Comparator<Ranked> order;

    Reason(String words, Comparator<Ranked> order) {
        this.words = words;
        this.order = order;
    }

    /**
     * Why {@code row} stands before {@code next}.
     *
     * @throws IllegalArgumentException when it does not
     */
    public static Reason of(Row row, Row next) {
        if (ORDER.compare(row, next) >= 0) {
            throw new IllegalArgumentException(row.task().id() + " does not stand before " + next.task().id());
        }
        return ALL.stream().filter(reason -> reason.order.compare(row, next) != 0).findFirst().orElseThrow();
    }

    /** For people, after the name of the task: "is late". */
    public String words() {
        return words;
    }

    static Attention mostDemanding(Attention one, Attention other) {
        return weight(one) <= weight(other) ? one : other;
    }

    private static int weight(Attention attention) {
        return switch (attention) {
            case RED -> 0;
            case ORANGE -> 1;
            case WHITE -> 2;
            case BLUE -> 3;
        };
    }
}
