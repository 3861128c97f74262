package dev.heph.sync.hub;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Tls;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** The certificate that a hub shows, in its files: read when it starts, and again when they have changed, as they do every few months. */
final class Certificate implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Certificate.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Tls files;
    private final Thread watching;
    private byte[] seen;

    private Certificate(Tls files, Duration look, Consumer<io.helidon.common.tls.Tls> changed) {
        this.files = files;
        this.seen = hash();
        this.watching = Thread.ofVirtual().name("certificate").unstarted(() -> watch(look, changed));
    }

    /** @throws HephException {@link Reason#INVALID_PARAMS} if the files hold no key and a certificate for it */
    static io.helidon.common.tls.Tls read(Tls files) {
        try {
            Keys keys = Keys.builder().pem(pem -> pem.key(Resource.create(files.key())).certChain(Resource.create(files.certificate())))
                    .build();
            PrivateKey key = keys.privateKey().orElseThrow(() -> unusable(files.key() + " holds no key", null));
            if (keys.certChain().isEmpty()) {
                throw unusable(files.certificate() + " holds no certificate", null);
            }
            if (!fits(key, keys.certChain().getFirst())) {
                throw unusable(files.key() + " is not the key to " + files.certificate(), null);
            }
            // No client shows a certificate; but without one to trust there is nothing that Helidon could change later.
            return io.helidon.common.tls.Tls.builder().privateKey(key).privateKeyCertChain(keys.certChain()).trust(keys.certChain())
                    .build();
        } catch (HephException e) {
            throw e;
        } catch (RuntimeException | GeneralSecurityException e) { // of Helidon's, for whatever is in the files
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    /** @param changed given what is in the files whenever that is another, and good */
    static Certificate watch(Tls files, Consumer<io.helidon.common.tls.Tls> changed) {
        return watch(files, LOOK, changed);
    }

    static Certificate watch(Tls files, Duration look, Consumer<io.helidon.common.tls.Tls> changed) {
        var certificate = new Certificate(files, look, changed);
        certificate.watching.start();
        return certificate;
    }

    /** A program that renews them writes one after the other: between the two they do not fit, and the old ones stay. */
    private void watch(Duration look, Consumer<io.helidon.common.tls.Tls> changed) {
        try {
            while (true) {
                Thread.sleep(look);
                byte[] now = hash();
                if (!Arrays.equals(now, seen)) {
                    seen = now;
                    take(changed);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Consumer<io.helidon.common.tls.Tls> changed) {
        try {
            changed.accept(read(files));
            LOG.log(System.Logger.Level.INFO, "the certificate has changed: {0} is shown from now on", files.certificate());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the certificate has changed and cannot be used, so the one before stays: {0}",
                    e.getMessage());
        }
    }

    private byte[] hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : new Path[] {files.certificate(), files.key()}) {
                digest.update(Files.readAllBytes(file));
            }
            return digest.digest();
        } catch (IOException | GeneralSecurityException gone) {
            return new byte[0];
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(new byte[] {1});
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(certificate.getPublicKey());
        checking.update(new byte[] {1});
        return checking.verify(signing.sign());
    }

    private static HephException unusable(String why, Exception cause) {
        return new HephException(Reason.INVALID_PARAMS, "the settings tls.certificate and tls.key cannot be used: " + why, cause);
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
