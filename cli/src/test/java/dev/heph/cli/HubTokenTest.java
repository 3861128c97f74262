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

/** What a token says and what its hub makes of it. The clock stands at 2026-11-21 09:05:00. */
class HubTokenTest {
    private static final String ADAS = "'hub':'https://hub.example','issuer':'https://id.example','subject':'s1','name':'ada','audience':['heph','account'],"
            + "'groups':[],'expires':1795251600000";

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
    void ofThisDevice() {
        cli.answer("hub.token", "{" + ADAS + ",'admitted':true,'reason':''}");
        assertThat(cli.run("hub", "token")).isEqualTo(new Outcome(0, """
                hub       https://hub.example
                whose     ada (s1)
                issuer    https://id.example
                audience  heph, account
                groups    (it does not say)
                until     2026-11-21 09:00
                let in    yes
                """, ""));
        assertThat(cli.asked).containsExactly("hub.token {}");
        assertThat(cli.run("hub", "token", "--json").out()).startsWith("{\"hub\":");
    }

    @Test
    void whyItIsNotLetIn_withExitCode1() {
        cli.answer("hub.token", "{" + ADAS + ",'admitted':false,'reason':'ada is not in the group family'}");
        Outcome refused = cli.run("hub", "token");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).endsWith("let in    no: ada is not in the group family\n");
        cli.answer("hub.token", "{" + ADAS + ",'reason':'it is not reached'}");
        Outcome unknown = cli.run("hub", "token");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.out()).endsWith("let in    not known: it is not reached\n");
    }

    /** For curl: nothing else on stdout, and a warning where it is in nobody's way. */
    @Test
    void theTokenItselfIsShownToWhoAsksForItAlone() {
        cli.answer("hub.token", "{" + ADAS + ",'reason':'it is not reached','token':'e.y.J'}");
        assertThat(cli.run("hub", "token", "--print")).isEqualTo(new Outcome(0, "e.y.J\n",
                "heph: whoever has this token is you for that hub until 2026-11-21 09:00: keep it out of files and command lines\n"));
        assertThat(cli.asked).containsExactly("hub.token {'print':true}");
    }

    @Test
    void whereTheHubRunsOneComesByAPipe() {
        cli.in = "e.y.J\n".getBytes(StandardCharsets.UTF_8);
        cli.answer("hub.token", "{'audience':[],'groups':[],'admitted':false,'reason':'the token has expired'}");
        Outcome told = cli.run("hub", "token", "--check");
        assertThat(cli.asked).containsExactly("hub.token {'token':'e.y.J'}");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.out()).startsWith("whose     (it does not say)\n").doesNotContain("e.y.J");
        cli.in = new byte[0];
        assertThat(cli.run("hub", "token", "--check").err()).startsWith("heph: --check reads a token from a pipe, and none came");
    }

    @Test
    void flagsThatDoNotFit() {
        assertThat(cli.run("hub", "token", "--check", "--print").exitCode()).isEqualTo(64);
        assertThat(cli.run("hub", "stats", "--print").err()).isEqualTo("heph: --print and --check belong to token. Try: heph hub token\n");
    }
}
