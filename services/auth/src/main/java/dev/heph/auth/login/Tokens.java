package dev.heph.auth.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a provider gave this device.
 *
 * @param access shown to the hub
 * @param refresh for the next ones; empty: when these end a person has to log in again
 * @param life of the access token, from when it was given
 */
record Tokens(String access, Optional<String> refresh, Instant given, Duration life) {
    private static final Duration NEW = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** Whether they are in a keychain that has not given them yet. */
    boolean elsewhere() {
        return access.isEmpty();
    }

    /** Whether it is good for the next request and its way. */
    boolean valid(Instant now) {
        return now.isBefore(given.plus(life));
    }

    /** Whether it is time for new ones: a minute before the end, or the last third of a life that is short. */
    boolean ending(Instant now) {
        Duration third = life.dividedBy(3);
        return !now.isBefore(given.plus(life).minus(third.compareTo(AHEAD) < 0 ? third : AHEAD));
    }

    /** Whether the hub has refused this very token; one so new is not to blame, and another would do no better. */
    boolean rejected(Optional<String> refused, Instant now) {
        return refused.filter(access::equals).isPresent() && !now.isBefore(given.plus(NEW));
    }

    @Override
    public String toString() {
        return "Tokens[…]";
    }
}
