package dev.heph.cli;

import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.heph.cli.Cli.Outcome;
import dev.heph.cli.terminal.QrCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of logging in. */
class AuthCommandsTest {
    private static final String LOGIN = json("{'user_code':'WDJB-MJHT','verification_uri':'https://id.example/device',"
            + "'verification_uri_complete':'https://id.example/device?user_code=WDJB-MJHT','issuer':'https://id.example','expires':1795252000000}");
    private static final String WAITING = json("{'state':'waiting','logged_in':false,'reason':'waits'}");
    private static final String IN = json("{'state':'in','logged_in':true,'user':'ada','hub':'https://hub.example','reason':'logged in to"
            + " https://hub.example as ada'}");

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    private void statuses(String... all) {
        Iterator<String> next = Arrays.asList(all).iterator();
        cli.answer("auth.status", params -> "\"result\":" + next.next());
    }

    @Test
    void auth_login_waitsForThePerson() {
        cli.answer("auth.login", LOGIN);
        statuses(WAITING, IN);
        assertThat(cli.run("auth", "login")).isEqualTo(new Outcome(0, """
                Open this page in any browser, also on your phone:
                  https://id.example/device?user_code=WDJB-MJHT
                and see that it shows the code: WDJB-MJHT
                Waiting until you have agreed there; Ctrl-C ends only the waiting.
                Logged in to https://hub.example as ada. What is here is synced from now on; look: heph sync --status
                """, ""));
        statuses(IN);
        assertThat(cli.run("auth", "login", "--json").out()).isEqualTo(LOGIN + "\n" + IN + "\n");
    }

    @Test
    void auth_login_pageWithoutTheCode() {
        cli.answer("auth.login", json("{'user_code':'WDJB-MJHT','verification_uri':'https://id.example/device','issuer':'https://id.example','expires':1}"));
        statuses(IN);
        assertThat(cli.run("auth", "login").out()).contains("  https://id.example/device\nand type the code: WDJB-MJHT\n");
    }

    @Test
    void auth_login_denied() {
        cli.answer("auth.login", LOGIN);
        statuses(WAITING, json("{'state':'failed','logged_in':false,'reason':'the login was denied; to try again: heph auth login'}"));
        Outcome denied = cli.run("auth", "login");
        assertThat(denied.exitCode()).isEqualTo(77);
        assertThat(denied.err()).isEqualTo("heph: the login was denied; to try again: heph auth login\n");
    }

    @Test
    void auth_status() {
        statuses(IN);
        assertThat(cli.run("auth", "status")).isEqualTo(new Outcome(0, "logged in to https://hub.example as ada\n", ""));
    }

    @Test
    void auth_logout() {
        cli.answer("auth.logout", json("{'was_logged_in':true,'revoked':true}"));
        assertThat(cli.run("auth", "logout").out()).isEqualTo("Logged out, here and at the identity provider; everything stays here\n");
        cli.answer("auth.logout", json("{'was_logged_in':true,'revoked':false}"));
        assertThat(cli.run("auth", "logout").out()).startsWith("Logged out here; the identity provider was not reached, so end this"
                + " device's session there too");
        cli.answer("auth.logout", json("{'was_logged_in':false,'revoked':false}"));
        assertThat(cli.run("auth", "logout", "--forget").out()).isEqualTo("Nobody was logged in; whose notes these are is forgotten\n");
    }

    @Test
    void auth_wrongUse() {
        assertThat(cli.run("auth", "lgoin")).isEqualTo(new Outcome(64, "",
                "heph: auth does not know 'lgoin'. Did you mean login? Try: heph help auth\n"));
        assertThat(cli.run("auth", "login", "--forget").err())
                .isEqualTo("heph: --forget belongs to logout. Try: heph auth logout --forget\n");
    }

    /** Read back as a camera would. */
    @Test
    void aQrCodeHoldsThePage() throws Exception {
        String page = "https://id.example/realms/home/device?user_code=WDJB-MJHT";
        List<String> lines = QrCode.of(page, 80);
        int scale = 4;
        int width = lines.getFirst().length();
        int[] pixels = new int[width * scale * 2 * lines.size() * scale];
        for (int y = 0; y < 2 * lines.size() * scale; y++) {
            for (int x = 0; x < width * scale; x++) {
                char block = lines.get(y / scale / 2).charAt(x / scale);
                boolean light = block == '█' || block == (y / scale % 2 == 0 ? '▀' : '▄');
                pixels[y * width * scale + x] = light ? 0xFFFFFF : 0;
            }
        }
        var picture = new RGBLuminanceSource(width * scale, 2 * lines.size() * scale, pixels);
        assertThat(new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture))).getText()).isEqualTo(page);
        assertThat(QrCode.of(page, 20)).as("too narrow").isEmpty();
    }
}
