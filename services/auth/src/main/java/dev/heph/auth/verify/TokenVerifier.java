package dev.heph.auth.verify;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Recent;
import dev.heph.settings.Login;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a bearer token for what it says, or refuses it: a JWT (RFC 7519) signed with an asymmetric key of the provider, by the provider,
 * for this
 * hub, with an end, within its time, about somebody.
 */
public final class TokenVerifier {
    /** None that the holder of a public key could make. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    /** By which the clocks of provider and hub may differ. */
    private static final int SKEW_SECONDS = 30;

    /** So much later than otherwise a withdrawn key is noticed. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int LONGEST_TOKEN = 16 << 10;
    /** In {@link Reason#AWAY}: whether there are keys, but not that one; who calls may have made it up. */
    static final String UNKNOWN_KEY = "unknown_key";

    private static final String LOG_IN = "; log in on the device: heph auth login";

    private final Login login;
    private final Clock clock;
    private final Recent<Vouched> recent = new Recent<>(REMEMBERED);
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public TokenVerifier(Login login, ProviderKeys keys, Clock clock) {
        this.login = login;
        this.clock = clock;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        var exactly = new JWTClaimsSet.Builder().issuer(login.issuer().toString()).build();
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(login.audience(), exactly, Set.of("sub", "exp")) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
        claims.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * @throws HephException {@link Reason#UNAUTHENTICATED} if it vouches for nobody; {@link Reason#FORBIDDEN} if for somebody who may not;
     *     {@link Reason#AWAY} if the provider's keys are not to be had
     */
    public Vouched verify(String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw refused("is longer than a token can be", null);
        }
        Instant now = clock.instant();
        Optional<Vouched> known = recent.of(token, now);
        if (known.isPresent()) {
            return known.get();
        }
        Vouched person = checked(token);
        recent.add(token, person, person.expires(), now);
        return person;
    }

    private Vouched checked(String token) {
        try {
            return vouched(processor.process(token, null));
        } catch (ExpiredJWTException e) {
            throw refused("has expired", e);
        } catch (BadJWTException e) {
            throw refused("is not for this hub (" + e.getMessage() + ")", e);
        } catch (BadJOSEException | ParseException e) {
            throw refused("is not one that " + login.issuer() + " has signed", e);
        } catch (KeySourceException e) {
            throw new HephException(Reason.AWAY, "who calls cannot be checked: the identity provider " + login.issuer()
                    + " is not reached ("
                    + e.getMessage() + "); try again in a moment", Map.of(UNKNOWN_KEY, e instanceof ProviderKeys.UnknownKey), e);
        } catch (com.nimbusds.jose.JOSEException e) {
            throw refused("is not one that " + login.issuer() + " has signed", e);
        }
    }

    private Vouched vouched(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        Object kind = claims.getClaim("typ"); // Keycloak's word; an id token is for the device, not for us
        if (subject.isBlank() || (kind != null && !kind.equals("Bearer"))) {
            throw refused(subject.isBlank() ? "is about nobody" : "is of the type " + kind + " and no access token", null);
        }
        String name = Optional.ofNullable(claims.getStringClaim("preferred_username")).orElse(subject);
        if (login.group().filter(group -> !groups(claims).contains(group)).isPresent()) {
            throw new HephException(Reason.FORBIDDEN, name + " is not in the group " + login.group().get()
                    + ", which this hub is for; ask who runs it");
        }
        return new Vouched(claims.getIssuer(), subject, name, claims.getExpirationTime().toInstant());
    }

    private static List<?> groups(JWTClaimsSet claims) {
        return claims.getClaim("groups") instanceof List<?> groups ? groups : List.of();
    }

    private static HephException refused(String why, Exception cause) {
        return new HephException(Reason.UNAUTHENTICATED, "the token " + why + LOG_IN, cause);
    }
}
