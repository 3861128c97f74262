package dev.heph.runtime;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The id by which everything that one request leads to is found again in the logs of all services. Whoever takes a request from outside
 * gives it one; between the services it travels in the header {@code Heph-Request}.
 */
public final class Correlation {
    static final HeaderName HEADER = HeaderNames.create("Heph-Request");

    private static final ScopedValue<String> ID = ScopedValue.newInstance();

    /** What a log can hold: whoever is before us may send anything. */
    private static final Pattern ID_PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Correlation() {}

    /** Runs that under an id: the one that came with the request, if it can be one, or a new one. */
    public static void run(Optional<String> given, Runnable work) {
        ScopedValue.where(ID, given.filter(ID_PATTERN.asMatchPredicate()).orElseGet(Correlation::fresh)).run(work);
    }

    /** As {@link #run}, for what answers. */
    public static <T> T call(Optional<String> given, ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(ID, given.filter(ID_PATTERN.asMatchPredicate()).orElseGet(Correlation::fresh)).call(work);
    }

    /** That of this thread's request; empty outside one. */
    public static Optional<String> id() {
        return ID.isBound() ? Optional.of(ID.get()) : Optional.empty();
    }

    /** The line of a request's head that hands it on; empty outside one. */
    static String header() {
        return ID.isBound() ? HEADER.defaultCase() + ": " + ID.get() + "\r\n" : "";
    }

    /** It need not be hard to guess, only rare. */
    private static String fresh() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
