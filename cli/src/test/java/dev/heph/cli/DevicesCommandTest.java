package dev.heph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The devices of a person, and that one of them is lost. The clock stands at 2026-11-21 09:05:00. */
class DevicesCommandTest {
    private static final String LAPTOP = "{'id':'01KAHX5T9ZV2Q8R4N6B7C9K3F9','name':'laptop','seq':1203,'at':1795251600000,'since':1790000000000,"
            + "'self':true,'revoked':false}";
    private static final String PHONE = "{'id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','name':'phone','seq':20,'at':1795165500000,'since':1790000000000,"
            + "'self':false,'revoked':false}";
    private static final String REVOKED = "{'id':'01KAHX5T9ZV2Q8R4N6B7C9AAAA','name':'old phone','seq':7,'at':1795165500000,'since':1790000000000,"
            + "'self':false,'revoked':true,'revoked_at':1795165500000,'revoked_by':'laptop','last_seq':7}";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory);
        cli.answer("device.list", "[" + String.join(",", LAPTOP, PHONE, REVOKED) + "]")
                .answer("device.revoke", PHONE).answer("device.name", LAPTOP.replace("'laptop'", "'Ada'"))
                .answer("sync.now", "{'hub':'http://127.0.0.1:7800','pushed':0,'pulled':0,'conflicts':0}");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void listed() {
        assertThat(cli.run("devices")).isEqualTo(new Outcome(0, """
                k3f9  laptop     since 2026-09-21  wrote last 5 min ago (2026-11-21 09:00)  this one
                m2x1  phone      since 2026-09-21  wrote last 1 day ago (2026-11-20 09:05)
                aaaa  old phone  since 2026-09-21  wrote last 1 day ago (2026-11-20 09:05)  revoked 2026-11-20 by laptop
                """, ""));
        assertThat(cli.run("devices", "--json").out()).startsWith("[{\"id\":\"01KAHX5T9ZV2Q8R4N6B7C9K3F9\"");
    }

    @Test
    void revoke_syncsFirstSaysWhatItMeansAndAsks() {
        cli.terminal = Cli.TERMINAL;
        cli.in = "y\n".getBytes(StandardCharsets.UTF_8);
        Outcome agreed = cli.run("devices", "revoke", "m2x1");
        assertThat(agreed.out()).isEqualTo("""
                What phone wrote until 2026-11-20 09:05 stays, everywhere.
                What it wrote after that, or will write, no hub and no device takes or shows; it keeps that itself.
                This cannot be undone: to take part again it has to begin anew, under another id.
                Revoked phone: the hub takes nothing from it any more once this is synced
                """);
        assertThat(agreed.err()).startsWith("Revoke phone? [y/N] ").contains("end its session at the identity provider too");
        assertThat(cli.asked).containsExactly("device.list {}", "sync.now {}", "device.list {}",
                "device.revoke {'id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','last_seq':20}");

        cli.asked.clear();
        cli.in = "\n".getBytes(StandardCharsets.UTF_8);
        Outcome declined = cli.run("devices", "revoke", "phone");
        assertThat(declined.exitCode()).isEqualTo(1);
        assertThat(declined.err()).isEqualTo("Revoke phone? [y/N] Nothing was changed\n");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("device.revoke"));
    }

    @Test
    void revoke_saysWhenTheHubWasNotAsked() {
        cli.refuse("sync.now", -32003, "away", "offline: connection refused", "");
        Outcome revoked = cli.run("devices", "revoke", "phone", "--yes");
        assertThat(revoked.exitCode()).isZero();
        assertThat(revoked.err()).contains("That was not yet: offline: connection refused");
    }

    @Test
    void revoke_notWithoutAYesAndNotItself() {
        assertThat(cli.run("devices", "revoke", "phone").err())
                .isEqualTo("heph: nobody is here to be asked whether phone is to be revoked: add --yes\n");
        assertThat(cli.run("devices", "revoke", "laptop", "--yes").err())
                .isEqualTo("heph: a device cannot revoke itself: do it on another one; to stop syncing this one: heph hub leave\n");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("device.revoke"));
    }

    @Test
    void name() {
        assertThat(cli.run("devices", "name", "k3f9", "Ada")).isEqualTo(new Outcome(0, "This device is called Ada\n", ""));
        assertThat(cli.asked).contains("device.name {'id':'01KAHX5T9ZV2Q8R4N6B7C9K3F9','name':'Ada'}");
    }

    @Test
    void name_withoutADevice_isThisOnes() {
        assertThat(cli.run("devices", "name", "Ada")).isEqualTo(new Outcome(0, "This device is called Ada\n", ""));
        assertThat(cli.asked).contains("device.name {'id':'01KAHX5T9ZV2Q8R4N6B7C9K3F9','name':'Ada'}");
    }

    @Test
    void wrongWords() {
        assertThat(cli.run("devices", "revok", "phone").err()).isEqualTo("heph: devices does not know 'revok'. Did you mean revoke? Try: heph help devices\n");
        assertThat(cli.run("devices", "revoke").err())
                .isEqualTo("heph: say heph devices name NAME, or heph devices revoke DEVICE. Look: heph devices\n");
        assertThat(cli.run("devices", "revoke", "tablet").err())
                .isEqualTo("heph: no device is called 'tablet'; name it by the end of its id: heph devices\n");
    }
}
