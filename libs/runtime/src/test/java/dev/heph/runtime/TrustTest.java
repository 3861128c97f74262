package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.heph.error.HephException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate its owner has made. */
class TrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path tmp;

    private HttpsServer server;
    private Path certificate;

    @BeforeEach
    void start() throws Exception {
        Path store = tmp.resolve("server.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
                "-keyalg", "EC", "-dname", "CN=home", "-ext", "SAN=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", new String(PASSWORD), "-validity", "2").redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        certificate = Files.writeString(tmp.resolve("server.pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getCertificate("server").getEncoded()) + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isTrustedWhereItIsNamed_andOnlyThere() throws Exception {
        assertThat(asked(Trust.with(certificate))).isEqualTo(204);
        assertThatThrownBy(() -> asked(SSLContext.getDefault())).isInstanceOf(SSLHandshakeException.class)
                .satisfies(failure -> assertThat(Trust.isMissing(failure)).isTrue());
        assertThatThrownBy(() -> asked(Trust.with(certificate), "localhost")).as("it names another").isInstanceOf(SSLHandshakeException.class)
                .satisfies(failure -> assertThat(Trust.isMissing(failure)).isFalse());
    }

    @Test
    void thoseThatJavaKnowsAreTrustedStill() throws Exception {
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        Path bundle = tmp.resolve("bundle.pem");
        var encoded = new StringBuilder(Files.readString(certificate));
        X509TrustManager known = (X509TrustManager) Arrays.stream(usual.getTrustManagers()).findFirst().orElseThrow();
        assertThat(known.getAcceptedIssuers()).isNotEmpty();
        assertThat(Trust.known()).hasSameSizeAs(known.getAcceptedIssuers());
        Files.writeString(bundle, encoded.append("\nsome words between\n").append(Files.readString(certificate)));
        assertThat(asked(Trust.with(bundle))).as("of several in one file, with words between them").isEqualTo(204);
    }

    @Test
    void aFileThatHoldsNoneIsSaidToBeSo() throws IOException {
        assertThatThrownBy(() -> Trust.with(tmp.resolve("gone.pem"))).isInstanceOf(HephException.class)
                .hasMessage("the setting tls.trusted cannot be used: " + tmp.resolve("gone.pem") + ": no such file or directory");
        Path file = Files.writeString(tmp.resolve("none.pem"), "");
        assertThatThrownBy(() -> Trust.with(file)).isInstanceOf(HephException.class)
                .hasMessage("the setting tls.trusted cannot be used: " + file + " holds no certificate");
        for (String content : new String[] {"nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> Trust.with(file)).isInstanceOf(HephException.class)
                    .hasMessageStartingWith("the setting tls.trusted cannot be used: " + file + " ");
        }
    }

    private int asked(SSLContext context) throws IOException, InterruptedException {
        return asked(context, "127.0.0.1");
    }

    private int asked(SSLContext context, String host) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(HttpRequest.newBuilder(URI.create("https://" + host + ":" + server.getAddress().getPort() + "/")).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
