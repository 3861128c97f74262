package dev.heph.auth.login;

import dev.heph.auth.login.Provider.Code;
import dev.heph.auth.login.Provider.Outcome;
import dev.heph.auth.login.Provider.Outcome.Given;
import dev.heph.auth.login.Provider.Outcome.Refused;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.Duration;
import java.time.InstantSource;

/** Waits for a person to agree to a code in a browser, asking the provider as often as it wants to be asked (RFC 8628, 3.5). */
final class DeviceLogin {
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration SLOWEST = Duration.ofMinutes(1);

    private final Provider provider;
    private final Client client;
    private final Code code;
    private final InstantSource clock;
    private final Pause pause;

    DeviceLogin(Provider provider, Client client, Code code, InstantSource clock, Pause pause) {
        this.provider = provider;
        this.client = client;
        this.code = code;
        this.clock = clock;
        this.pause = pause;
    }

    /** @throws HephException why nobody was logged in */
    Given await() throws InterruptedException {
        Duration interval = code.interval();
        while (clock.instant().isBefore(code.expires())) {
            pause.of(interval);
            Outcome outcome = ask();
            if (outcome instanceof Given given) {
                return given;
            }
            interval = next(interval, (Refused) outcome);
        }
        throw expired();
    }

    /** A provider that is not reached is asked again, less often: the person may be on the way to it all the same. */
    private Outcome ask() {
        try {
            return provider.tokens(client, code);
        } catch (HephException away) {
            if (away.reason() != Reason.AWAY || Thread.currentThread().isInterrupted()) {
                throw away;
            }
            return new Refused("away", "");
        }
    }

    private static Duration next(Duration interval, Refused refused) {
        return switch (refused.code()) {
            case "authorization_pending" -> interval;
            case "slow_down" -> interval.plus(SLOWER);
            case "away" -> interval.multipliedBy(2).compareTo(SLOWEST) < 0 ? interval.multipliedBy(2) : SLOWEST;
            case "access_denied" -> throw new HephException(Reason.FORBIDDEN, "the login was denied; to try again: heph auth login");
            case "expired_token" -> throw expired();
            default -> throw new HephException(Reason.CONFLICT, "the identity provider refused the login (" + refused.code()
                    + (refused.description().isEmpty() ? "" : ": " + refused.description()) + "); to try again: heph auth login");
        };
    }

    private static HephException expired() {
        return new HephException(Reason.TIMEOUT, "nobody agreed to the code in time; to get a new one: heph auth login");
    }
}
