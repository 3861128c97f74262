package dev.heph.auth.verify;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

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

    private final JWKSetSource<SecurityContext> source;
    private final Clock clock;

    ProviderKeys(JWKSetSource<SecurityContext> provider, Clock clock) {
        this.source = new CachingJWKSetSource<>(
                new OutageTolerantJWKSetSource<>(provider, STALE.toMillis(), null), FRESH.toMillis(), PATIENCE.toMillis(), null);
        this.clock = clock;
    }

    public static ProviderKeys of(URI issuer, Clock clock) {
        return new ProviderKeys(new Discovery(issuer), clock);
    }

    /** @throws KeySourceException if no keys are at hand; a key that is not among them, and cannot be looked for now, is none */
    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        long now = clock.millis();
        JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
        List<JWK> found = selector.select(known);
        if (!found.isEmpty()) {
            return found;
        }
        try {
            return selector.select(source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, context));
        } catch (KeySourceException notNow) {
            return List.of();
        }
    }
}
