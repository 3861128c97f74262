package dev.heph.auth.login;

import dev.heph.auth.login.Provider.Outcome;
import dev.heph.auth.login.Provider.Outcome.Given;
import dev.heph.auth.login.Provider.Outcome.Refused;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks the provider for new tokens. A login is over when the provider says that this grant is; whatever else comes may be a slip of it,
 * or of a proxy before it, and is asked about again, less and less often. Not for two threads at once.
 */
final class Renewal {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Web web;
    private final InstantSource clock;
    private Duration pause = Duration.ZERO;
    private Instant asked = Instant.MIN;

    Renewal(Web web, InstantSource clock) {
        this.web = web;
        this.clock = clock;
    }

    /**
     * @param session one with a refresh token
     * @return the next tokens; empty if the login is over
     * @throws HephException {@link Reason#AWAY} if that cannot be told now
     */
    Optional<Tokens> of(Session session) {
        Instant now = clock.instant();
        if (!now.isBefore(asked) && now.isBefore(asked.plus(pause))) {
            throw notNow(session, "it was asked a moment ago", null);
        }
        asked = now;
        Outcome outcome;
        try {
            outcome = Provider.discover(web, clock, session.issuer()).refresh(session.client(), session.tokens().refresh().orElseThrow());
        } catch (HephException e) {
            throw later(session, e.getMessage(), e);
        }
        return switch (outcome) {
            case Given given -> {
                pause = Duration.ZERO;
                yield Optional.of(given.tokens());
            }
            case Refused refused when refused.code().equals("invalid_grant") -> Optional.empty();
            case Refused refused -> throw later(session, refused.code(), null);
        };
    }

    private HephException later(Session session, String why, Exception cause) {
        Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        return notNow(session, why, cause);
    }

    private static HephException notNow(Session session, String why, Exception cause) {
        return new HephException(Reason.AWAY, "the identity provider " + session.issuer() + " does not renew the login now (" + why
                + "); it is asked again by itself", cause);
    }
}
