package dev.heph.model.filter;

import java.util.Arrays;
import java.util.Optional;

/** How an item's date stands to that of a filter. */
public enum Comparison {
    BEFORE("<"),
    UNTIL("<="),
    ON(":"),
    FROM(">="),
    AFTER(">");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /** As it is written between key and date. */
    public String sign() {
        return sign;
    }

    /** Whether it holds for two dates of which {@link Comparable#compareTo} says {@code order}. */
    public boolean holds(int order) {
        return switch (this) {
            case BEFORE -> order < 0;
            case UNTIL -> order <= 0;
            case ON -> order == 0;
            case FROM -> order >= 0;
            case AFTER -> order > 0;
        };
    }

    static Optional<Comparison> of(String sign) {
        return Arrays.stream(values()).filter(value -> value.sign.equals(sign)).findFirst();
    }
}
