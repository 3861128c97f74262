package dev.heph.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tokens about one person: a good one, and each way in which one can be bad. */
public final class Tokens {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final FakeProvider provider;
    private final String subject;

    Tokens(FakeProvider provider, String subject) {
        this.provider = provider;
        this.subject = subject;
    }

    public String good() {
        return with(claims -> claims);
    }

    /** A good one but for what {@code change} does to its claims. */
    public String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(change.apply(claims()).build(), provider.key());
    }

    /** Every kind of token that no hub may take, by what is wrong with it; tokens of a withdrawn key are a test's to make. */
    public Map<String, String> bad() {
        Instant now = Instant.now();
        var bad = new LinkedHashMap<String, String>();
        bad.put("garbage", "garbage");
        bad.put("three parts of garbage", "e30.e30.e30");
        bad.put("expired", with(claims -> claims.expirationTime(Date.from(now.minus(LIFE)))));
        bad.put("no exp", with(claims -> claims.expirationTime(null)));
        bad.put("not yet valid", with(claims -> claims.notBeforeTime(Date.from(now.plus(LIFE)))));
        bad.put("wrong audience", with(claims -> claims.audience("somebody-else")));
        bad.put("no audience", with(claims -> claims.audience((String) null)));
        bad.put("wrong issuer", with(claims -> claims.issuer("https://evil.example")));
        bad.put("no issuer", with(claims -> claims.issuer(null)));
        bad.put("no subject", with(claims -> claims.subject(null)));
        bad.put("an id token", with(claims -> claims.claim("typ", "ID")));
        bad.put("alg none", new PlainJWT(claims().build()).serialize());
        bad.put("HS256 with the public key", mac());
        bad.put("unknown kid", signed(claims().build(), Rsa.key(0, "nobodys")));
        bad.put("a stranger's key under a known kid", signed(claims().build(), Rsa.key(0, provider.key().getKeyID())));
        bad.put("a changed claim", changed());
        return bad;
    }

    private JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        byte[] id = new byte[8];
        new SecureRandom().nextBytes(id);
        return new JWTClaimsSet.Builder().issuer(provider.issuer().toString()).subject(subject).audience(FakeProvider.CLIENT)
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(LIFE))).jwtID(HexFormat.of().formatHex(id))
                .claim("preferred_username", subject).claim("groups", List.of("everybody"));
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) {
        try {
            var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(JOSEObjectType.JWT).build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is public is the secret: a verifier that lets the token choose the algorithm falls for it. */
    private String mac() {
        try {
            var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.key().getKeyID()).build(), claims().build());
            jwt.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String changed() {
        String[] parts = good().split("\\.");
        String payload = new Base64URL(parts[1]).decodeToString().replace("\"" + subject + "\"", "\"root\"");
        return parts[0] + "." + Base64URL.encode(payload.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
    }
}
