package dev.heph.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys by number, the same for all tests of a process: each takes half a second to make. */
final class Rsa {
    private static final Map<Integer, RSAKey> MADE = new ConcurrentHashMap<>();

    private Rsa() {}

    static RSAKey key(int number, String kid) {
        return new RSAKey.Builder(MADE.computeIfAbsent(number, missing -> make())).keyID(kid).build();
    }

    private static RSAKey make() {
        try {
            return new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
