package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Who may vouch for a server that this process calls. A hub at home often shows a certificate of its owner's own making. */
public final class Trust {
    private Trust() {}

    /**
     * Those whom Java knows, and besides them the ones in a file.
     *
     * @param certificates one or more as PEM; of a server itself, or of who signs for it
     * @throws HephException {@link Reason#INVALID_PARAMS} if the file holds none
     */
    static SSLContext with(Path certificates) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            List<Certificate> trusted = new ArrayList<>(read(certificates));
            trusted.addAll(known());
            for (int i = 0; i < trusted.size(); i++) {
                all.setCertificateEntry("trusted " + i, trusted.get(i));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (IOException e) {
            throw unusable(certificates + ": " + IoReason.of(e), e);
        } catch (GeneralSecurityException e) {
            throw unusable(certificates + " cannot be read as certificates: " + e.getMessage(), e);
        }
    }

    /** Whether a connection failed because nobody who is trusted vouches for the server, and not because its name or its time is wrong. */
    public static boolean isMissing(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(CertPathBuilderException.class::isInstance);
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> read = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (read.isEmpty()) {
                throw unusable(file + " holds no certificate", null);
            }
            return read;
        }
    }

    /** Those of the Java that runs this. */
    static List<? extends Certificate> known() throws GeneralSecurityException {
        return Arrays.stream(managers(null)).filter(X509TrustManager.class::isInstance).map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers())).toList();
    }

    /** @param trusted null: those of the Java that runs this */
    private static TrustManager[] managers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static HephException unusable(String why, Exception cause) {
        return new HephException(Reason.INVALID_PARAMS, "the setting tls.trusted cannot be used: " + why, cause);
    }
}
