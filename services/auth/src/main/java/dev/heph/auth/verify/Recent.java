package dev.heph.auth.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tokens that were found good a moment ago, by their hash: a device that syncs shows the same one many times a second. */
final class Recent {
    /** So much later than otherwise a withdrawn key is noticed. */
    static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private record Found(Vouched person, Instant until) {}

    private final Map<String, Found> found = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > MOST;
        }
    };

    Optional<Vouched> person(String token, Instant now) {
        String hash = hash(token);
        synchronized (found) {
            return Optional.ofNullable(found.get(hash)).filter(known -> now.isBefore(known.until())).map(Found::person);
        }
    }

    void add(String token, Vouched person, Instant now) {
        Instant until = now.plus(GOOD_FOR);
        String hash = hash(token);
        synchronized (found) {
            found.put(hash, new Found(person, until.isBefore(person.expires()) ? until : person.expires()));
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
