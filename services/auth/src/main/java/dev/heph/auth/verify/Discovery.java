package dev.heph.auth.verify;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

/** Where a provider keeps its keys, by its discovery document (OpenID Connect Discovery 4), and the keys as they are there now. */
final class Discovery implements JWKSetSource<SecurityContext> {
    /** Between two questions; who asks between them is told no. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int LARGEST_BYTES = 256 << 10;

    private final URI issuer;
    private final DefaultResourceRetriever retriever = new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_BYTES);
    private long askedLast = Long.MIN_VALUE / 2;

    Discovery(URI issuer) {
        this.issuer = issuer;
    }

    @Override
    public synchronized JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now,
            SecurityContext context) throws JWKSetUnavailableException {
        if (now - askedLast < PAUSE.toMillis()) {
            throw new JWKSetUnavailableException("it was asked a moment ago");
        }
        askedLast = now;
        try {
            Map<String, Object> document = JSONObjectUtils.parse(read(URI.create(issuer.toString().replaceAll("/$", "")
                    + "/.well-known/openid-configuration")));
            String named = JSONObjectUtils.getString(document, "issuer");
            if (!issuer.toString().equals(named)) {
                throw new JWKSetUnavailableException("it says that it is " + named + ": is auth.issuer right, to the letter?");
            }
            URI keys = JSONObjectUtils.getURI(document, "jwks_uri");
            if (keys == null || !issuer.getScheme().equals(keys.getScheme())) {
                throw new JWKSetUnavailableException("its keys are not to be had by " + issuer.getScheme());
            }
            return JWKSet.parse(read(keys));
        } catch (IOException | ParseException e) {
            throw new JWKSetRetrievalException(String.valueOf(e.getMessage()), e);
        }
    }

    private String read(URI address) throws IOException {
        return retriever.retrieveResource(address.toURL()).getContent();
    }

    @Override
    public void close() {}
}
