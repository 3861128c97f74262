package dev.heph.auth.verify;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The provider's public keys. Fetched when first needed and then every five minutes, so that a withdrawn key is refused by then; at once
 * for a key
 * that is not known, but not more often than every ten seconds, so that strangers cannot drum on the provider; and gone by for an hour
 * while the
 * provider does not answer.
 */
public final class ProviderKeys implements JWKSource<SecurityContext> {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration STALE = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** There are keys, and that one is not among them; a new one may be. Or somebody made it up. */
    static final class UnknownKey extends JWKSetUnavailableException {
        private static final long serialVersionUID = 1L;

        UnknownKey() {
            super("it was asked a moment ago, or does not answer");
        }
    }

    private final JWKSetSource<SecurityContext> source;
    private final LongSupplier millis;

    /** How often keys came from the provider itself. */
    private final AtomicLong fetched = new AtomicLong();

    ProviderKeys(JWKSetSource<SecurityContext> provider, LongSupplier millis) {
        this.source = new CachingJWKSetSource<>(
                new OutageTolerantJWKSetSource<>(counted(provider), STALE.toMillis(), null), FRESH.toMillis(), PATIENCE.toMillis(), null);
        this.millis = millis;
    }

    private JWKSetSource<SecurityContext> counted(JWKSetSource<SecurityContext> provider) {
        return new JWKSetSourceWrapper<>(provider) {
            @Override
            public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long when, SecurityContext context) throws KeySourceException {
                JWKSet keys = getSource().getJWKSet(refresh, when, context);
                fetched.incrementAndGet();
                return keys;
            }
        };
    }

    public static ProviderKeys of(URI issuer) {
        return of(issuer, () -> System.nanoTime() / 1_000_000);
    }

    /** @param millis a clock that only goes forward, in milliseconds: set back, it would have the keys of then hold for as long */
    static ProviderKeys of(URI issuer, LongSupplier millis) {
        return new ProviderKeys(new Discovery(issuer, millis), millis);
    }

    /** @throws KeySourceException if no keys are at hand, or the one cannot be looked for now: it may be a new one */
    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        long before = fetched.get();
        long now = millis.getAsLong();
        JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
        List<JWK> found = selector.select(known);
        if (!found.isEmpty()) {
            return found;
        }
        if (fetched.get() == before) {
            known = source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, context);
        }
        if (fetched.get() == before) { // what is gone by while the provider is away
            throw new UnknownKey();
        }
        return selector.select(known);
    }
}
