package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heph.error.HephException;
import dev.heph.settings.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path tmp;

    private Tls files() {
        return new Tls(tmp.resolve("hub.pem"), tmp.resolve("hub.key"));
    }

    /** Makes a key and a certificate for it, as PEM. */
    private void make(String name, String algorithm) throws Exception {
        Path store = tmp.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", "hub", "-keyalg",
                algorithm, "-dname", "CN=" + name, "-ext", "SAN=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
                        "-storepass",
                new String(PASSWORD), "-validity", "2").redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        pem(tmp.resolve("hub.key"), "PRIVATE KEY", keys.getKey("hub", PASSWORD).getEncoded());
        pem(tmp.resolve("hub.pem"), "CERTIFICATE", keys.getCertificate("hub").getEncoded());
    }

    private static void pem(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n");
    }

    @Test
    void whatIsShownChangesWithTheFiles() throws Exception {
        make("first", "RSA");
        WebServer server = WebServer.builder().address(InetAddress.getLoopbackAddress()).port(0).shutdownHook(false)
                .featuresDiscoverServices(false)
                .tls(Certificate.read(files())).routing((HttpRouting.Builder routing) -> routing.get("/", (request, response) ->
                response.send("hello"))).build().start();
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        try (Certificate watched = Certificate.watch(files(), Duration.ofMillis(20), tls -> {
            try {
                server.reloadTls(tls);
            } catch (RuntimeException e) {
                failures.add(e);
                throw e;
            }
        })) {
            assertThat(shown(server.port())).isEqualTo("CN=first");
            make("second", "EC");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(shown(server.port())).isEqualTo("CN=second"));
            Files.writeString(files().key(), "nonsense");
            Files.delete(files().certificate());
            assertThat(shown(server.port())).isEqualTo("CN=second");
            make("third", "RSA");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(shown(server.port())).isEqualTo("CN=third"));
            assertThat(failures).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void filesThatDoNotFitAreSaidToBeSo() throws Exception {
        assertThatThrownBy(() -> Certificate.read(files())).isInstanceOf(HephException.class)
                .hasMessageStartingWith("the settings tls.certificate and tls.key cannot be used: ");
        make("one", "RSA");
        String key = Files.readString(files().key());
        make("other", "RSA");
        Files.writeString(files().key(), key);
        assertThatThrownBy(() -> Certificate.read(files())).hasMessageEndingWith("hub.key is not the key to " + files().certificate());
        Files.writeString(files().key(), "nonsense");
        assertThatThrownBy(() -> Certificate.read(files())).isInstanceOf(HephException.class);
    }

    private static String shown(int port) throws IOException, GeneralSecurityException {
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, new TrustManager[] {new Trusting()}, null);
        try (SSLSocket socket = (SSLSocket) anybody.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    /** Looks at a certificate and believes it. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            assertThat(List.of(chain)).isNotEmpty();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
