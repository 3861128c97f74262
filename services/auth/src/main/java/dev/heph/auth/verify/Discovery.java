package dev.heph.auth.verify;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.heph.runtime.Plain;
import dev.heph.settings.Loopback;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Where a provider keeps its keys, by its discovery document (OpenID Connect Discovery 4), and the keys as they are there now. */
final class Discovery implements JWKSetSource<SecurityContext> {
    /** Between two questions; who asks between them is told no. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int LARGEST_BYTES = 256 << 10;

    private final URI issuer;
    private final LongSupplier millis;
    private final DefaultResourceRetriever retriever = new Straight();
    private long askedLast = Long.MIN_VALUE / 2;

    /** @param millis a clock that only goes forward, in milliseconds */
    Discovery(URI issuer, LongSupplier millis) {
        this.issuer = issuer;
        this.millis = millis;
    }

    @Override
    public synchronized JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long when,
            SecurityContext context) throws JWKSetUnavailableException {
        long now = millis.getAsLong();
        if (now - askedLast < PAUSE.toMillis()) {
            throw new JWKSetUnavailableException("it was asked a moment ago");
        }
        askedLast = now;
        try {
            Map<String, Object> document = JSONObjectUtils.parse(read(URI.create(issuer.toString().replaceAll("/$", "")
                    + "/.well-known/openid-configuration")));
            String named = JSONObjectUtils.getString(document, "issuer");
            if (!issuer.toString().equals(named)) {
                throw new JWKSetUnavailableException("it says that it is " + Plain.line(String.valueOf(named))
                        + ": is auth.issuer right, to the letter?");
            }
            URI keys = JSONObjectUtils.getURI(document, "jwks_uri");
            if (keys == null || !sealed(keys)) {
                throw new JWKSetUnavailableException("its keys are not to be had by https");
            }
            return JWKSet.parse(read(keys));
        } catch (IOException | ParseException e) {
            throw new JWKSetRetrievalException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Plain http only from a provider on this machine, and to this machine. */
    private boolean sealed(URI keys) {
        return "https".equals(keys.getScheme()) || ("http".equals(keys.getScheme()) && isHere(keys) && isHere(issuer));
    }

    private static boolean isHere(URI address) {
        return address.getHost() != null && Loopback.names(address.getHost());
    }

    private String read(URI address) throws IOException {
        return retriever.retrieveResource(address.toURL()).getContent();
    }

    @Override
    public void close() {}

    /** Goes where it was sent and nowhere else. */
    private static final class Straight extends DefaultResourceRetriever {
        private Straight() {
            super(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL address) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(address);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }
}
