package dev.heph.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of tokens that were good a moment ago, by their hash: a device that syncs shows the same one many times a second. Only
 * what is good is remembered, and not past its end.
 *
 * @param <T> what was found
 */
public final class Recent<T> {
    private static final int MOST = 10_000;

    private record Found<T>(T what, Instant from, Instant until) {
        /** A clock that was set back makes nothing good for longer. */
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    private final Duration goodFor;

    private final Map<String, Found<T>> found = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found<T>> eldest) {
            return size() > MOST;
        }
    };

    /** @param goodFor how long something is remembered; so much later it is noticed that it would be refused now */
    public Recent(Duration goodFor) {
        this.goodFor = goodFor;
    }

    public Optional<T> of(String token, Instant now) {
        String hash = hash(token);
        synchronized (found) {
            return Optional.ofNullable(found.get(hash)).filter(known -> known.holds(now)).map(Found::what);
        }
    }

    /**
     * Remembers it.
     *
     * @param expires when the token ends
     * @param asked when it was begun to look
     */
    public void add(String token, T what, Instant expires, Instant asked) {
        Instant until = asked.plus(goodFor);
        String hash = hash(token);
        synchronized (found) {
            found.put(hash, new Found<>(what, asked, until.isBefore(expires) ? until : expires));
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
