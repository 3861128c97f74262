package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub at home, whose certificate no Java knows, and a device that was told of it by the setting {@code tls.trusted}. */
class OwnCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();

    @AfterEach
    void end() {
        all.forEach(Device::close);
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        all.add(device);
        return device;
    }

    @Test
    void isTrustedWhenItIsNamed() throws Exception {
        makeCertificate();
        int port = FreePort.next();
        device("hub").with("HEPH_TLS_CERTIFICATE", certificate().toString()).with("HEPH_TLS_KEY", directory.resolve("hub.key").toString())
                .heph("hub", "up", "--light", "--port", "" + port).ok();
        String url = "https://127.0.0.1:" + port;
        Device laptop = device("laptop");
        laptop.heph("note", "Mine").ok();
        assertThat(laptop.heph("hub", "join", url).err() + laptop.heph("sync").err())
                .contains("its certificate is not trusted; if it is your own hub's, name it, or who signed it, in tls.trusted");
        laptop.heph("down").ok();

        laptop.with("HEPH_TLS_TRUSTED", directory.resolve("gone.pem").toString());
        assertThat(laptop.heph("list").failure(65)).contains("tls.trusted cannot be used", "no such file");
        laptop.with("HEPH_TLS_TRUSTED", certificate().toString());
        laptop.heph("hub", "join", url).ok();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(all.getFirst().heph("list").ok().out()).contains("Mine"));
        laptop.heph("sync").ok();
    }

    private Path certificate() {
        return directory.resolve("hub.pem");
    }

    private void makeCertificate() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("hub.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "hub",
                "-keyalg", "RSA", "-dname", "CN=hub", "-ext", "SAN=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                new String(PASSWORD), "-validity", "2").redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Key key = keys.getKey("hub", PASSWORD);
        pem(directory.resolve("hub.key"), "PRIVATE KEY", key.getEncoded());
        pem(certificate(), "CERTIFICATE", keys.getCertificate("hub").getEncoded());
    }

    private static void pem(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n");
    }
}
