package dev.heph.sync.hub;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.sync.wire.Exchange;
import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** The query of a request, each value checked as it is taken. */
final class Query {
    private final Parameters values;

    /** @throws HephException {@link Reason#TOO_LARGE} over 8 KB; {@link Reason#NOT_FOUND} for a space that is not here */
    static Query of(ServerRequest request) {
        String raw = request.prologue().query().rawValue();
        if (raw.length() > Exchange.MAX_QUERY_BYTES) {
            throw new HephException(Reason.TOO_LARGE, "a query is over " + (Exchange.MAX_QUERY_BYTES >> 10) + " KiB");
        }
        var query = new Query(request.query());
        String space = query.text("space").orElseThrow(() -> invalid("space", "is missing"));
        if (!space.equals(Exchange.SPACE)) {
            throw new HephException(Reason.NOT_FOUND, "this hub has no space '" + space + "', only '" + Exchange.SPACE + "'");
        }
        return query;
    }

    private Query(Parameters values) {
        this.values = values;
    }

    /** The value, or empty if it is not given or has no text. */
    Optional<String> text(String name) {
        return values.first(name).asOptional().filter(text -> !text.isEmpty());
    }

    /** A number from 0 on. */
    long number(String name, long fallback) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number < 0) {
                throw invalid(name, "is negative");
            }
            return number;
        } catch (NumberFormatException e) {
            throw invalid(name, "is not a number");
        }
    }

    static HephException invalid(String name, String what) {
        return new HephException(Reason.INVALID_PARAMS, "parameter '" + name + "' " + what);
    }
}
