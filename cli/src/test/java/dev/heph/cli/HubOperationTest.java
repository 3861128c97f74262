package dev.heph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What who runs a hub is told. The clock stands at 2026-11-21 09:05:00. */
class HubOperationTest {
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

    @Test
    void users() {
        cli.answer("hub.users", "[{'space':'0a','name':'ada','subject':'s1','since':1,'devices':2,'ops':1203,'bytes':4000000,'seen_at':1795251600000},"
                + "{'space':'0b','name':'bob','subject':'s2','since':1,'devices':0,'ops':0,'bytes':90000},{'space':'0c','name':'','error':'it is broken'}]");
        assertThat(cli.run("hub", "users").out()).contains("ada  2 devices  1,203 ops  4.0 MB  seen 5 min ago (2026-11-21 09:00)  s1")
                .contains("never seen").contains("0c ").contains("it is broken");
        assertThat(cli.run("hub", "users", "--json").out()).startsWith("[{\"space\":\"0a\"");
    }

    @Test
    void devices() {
        cli.answer("hub.devices", "[{'space':'0a','user':'ada','id':'01KAHX5T9ZV2Q8R4N6B7C9K3F9','name':'laptop','seq':9,'revoked':false,"
                + "'pulled_at':1795251600000,'pushed_at':1795251600000,'lag':0},"
                + "{'space':'0a','user':'ada','id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','name':'phone','seq':9,'revoked':false,'pulled_at':1795251600000,'lag':1},"
                + "{'space':'0a','user':'ada','id':'01KAHX5T9ZV2Q8R4N6B7C9AAAA','name':'old','seq':9,'revoked':true}]");
        assertThat(cli.run("hub", "devices").out().lines()).satisfiesExactly(
                laptop -> assertThat(laptop).startsWith("ada  k3f9  laptop  asked 5 min ago").endsWith("has everything"),
                phone -> assertThat(phone).endsWith("lacks 1 op"),
                old -> assertThat(old).contains("never asked").endsWith("revoked"));
    }

    @Test
    void stats() {
        cli.answer("hub.stats", "{'started_at':1795251600000,'bytes':4000000,'disk_free_bytes':90000000,'users':3,'spaces_open':1,'writer_queue':2,'broken':1,"
                + "'devices':5,'bundles':10,'ops':1203,'segments':7,'conflicts':0,'unapplied':0,'waiting_bundles':0}");
        Outcome told = cli.run("hub", "stats");
        assertThat(told.out()).contains("up since ", "4.0 MB, 90.0 MB free", "3, 1 of them open", "1,203", "writer queue");
        assertThat(told.err()).isEqualTo("1 space cannot be opened and is not counted. Which: heph hub users\n");
    }

    @Test
    void verify_exitsWith1AndNamesWhatIsWrong() {
        cli.answer("hub.verify", "{'ok':true,'spaces':[{'space':'personal','name':'','ok':true,'checks':[{'name':'log','ok':true,'detail':'fits'}]}]}");
        assertThat(cli.run("hub", "verify")).isEqualTo(new Outcome(0, "(without a login)  personal\n  ok  log  fits\n", ""));
        cli.answer("hub.verify", "{'ok':false,'spaces':[{'space':'0a','name':'ada','error':'it is broken'},"
                + "{'space':'0b','name':'bob','ok':false,'checks':[{'name':'log','ok':false,'detail':'bundle 7 differs'}]}]}");
        Outcome wrong = cli.run("hub", "verify");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out()).contains("WRONG  database  it is broken").contains("WRONG  log  bundle 7 differs");
        assertThat(cli.run("hub", "verify", "--json").exitCode()).isEqualTo(1);
    }

    /** Nobody is told that a log is wrong which nobody could look at. */
    @Test
    void verify_saysWhatCouldNotBeLookedAt() {
        cli.answer("hub.verify", "{'ok':false,'spaces':[{'space':'0a','name':'ada','checked':false,'error':'cannot be looked at now: the disk is full'},"
                + "{'space':'0b','name':'bob','ok':false,'checks':[{'name':'log','ok':true,'detail':'fits'},"
                + "{'name':'rebuild','ok':false,'checked':false,'detail':'cannot be looked at now: the disk is full'}]}]}");
        Outcome full = cli.run("hub", "verify");
        assertThat(full.exitCode()).isEqualTo(75);
        assertThat(full.out()).contains("not checked  database  cannot be looked at now").contains("not checked  rebuild").doesNotContain("WRONG");
    }
}
