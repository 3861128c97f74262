package dev.heph.cli;

import static dev.heph.cli.Answers.DOCTOR;
import static dev.heph.cli.Answers.HEALTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonCommandsTest {
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
    void up_twice() {
        assertThat(cli.run("up")).isEqualTo(new Outcome(0, "heph is up after 0.00 s\n", ""));
        assertThat(cli.run("up")).isEqualTo(new Outcome(0, "heph is running already (pid 4711)\n", ""));
        assertThat(cli.run("up", "--day-starts", "04:00", "--light")).isEqualTo(new Outcome(0, "heph is running already (pid 4711)\n",
                "heph: it goes on as it was started, without --light --day-starts 04:00. "
                        + "To apply that: heph down, then heph up --light --day-starts 04:00\n"));
        assertThat(cli.run("up", "--light", "--json").out()).isEqualTo("{\"started\":false,\"pid\":4711,\"ms\":0}\n");
    }

    @Test
    void down_twice() {
        cli.up();
        assertThat(cli.run("down")).isEqualTo(new Outcome(0, "heph is down\n", ""));
        assertThat(cli.run("down")).isEqualTo(new Outcome(0, "heph was not running\n", ""));
        assertThat(cli.run("down", "--json").out()).isEqualTo("{\"stopped\":false}\n");
    }

    @Test
    void status() {
        Path home = cli.home().data().getParent();
        String places = """
                socket  %1$s/run/hephd.sock
                data    %1$s/data
                config  %1$s/config/heph.properties
                logs    %1$s/logs
                """.formatted(home);
        assertThat(cli.run("status"))
                .isEqualTo(new Outcome(69, "heph is not running. Start it: heph up\n" + places, ""));
        cli.up();
        assertThat(cli.run("status")).isEqualTo(new Outcome(0, """
                store        up  pid 4711  since 2026-11-21 09:05  fine
                rpc-gateway  up  pid 4711  since 2026-11-21 09:05  fine
                """ + places, ""));
        assertThat(cli.run("status", "--json").out())
                .startsWith(Answers.json("{'status':'up','services':[{'name':'store','status':'up','pid':4711,"
                        + "'started_at':1795251900000,'detail':'fine'},"))
                .contains("\"socket\":\"" + home + "/run/hephd.sock\"");
    }

    @Test
    void logs() throws IOException {
        cli.home().create();
        Files.writeString(cli.home().log("store"), "one\ntwo\n");
        Files.writeString(cli.home().log("rpc-gateway"), "three\n");

        assertThat(cli.run("logs").out()).isEqualTo("rpc-gateway: three\nstore: one\nstore: two\n");
        assertThat(cli.run("logs", "store", "--lines", "1").out()).isEqualTo("two\n");
        assertThat(cli.run("logs", "store", "--lines", "0").out()).isEmpty();
        assertThat(cli.run("logs", "--lines", "-1")).isEqualTo(new Outcome(65, "", "heph: --lines must be 0 or more, not -1\n"));
        assertThat(cli.run("logs", "stor"))
                .isEqualTo(new Outcome(66, "", "heph: no service 'stor'. Did you mean store? Try: heph logs store\n"));
        assertThat(cli.run("logs", "rpc-gateway", "--json").out())
                .isEqualTo("{\"service\":\"rpc-gateway\",\"line\":\"three\"}\n");
    }

    @Test
    void health() {
        cli.up().answer("health", HEALTH);
        assertThat(cli.run("health")).isEqualTo(new Outcome(0, """
                store  up  12 notes
                12 notes · 3 active · 1 orange · 0 on deck · 0 conflicts · sync: off
                """, ""));
        cli.answer("health", HEALTH.replace("up", "down").replace("unapplied_count\": 0", "unapplied_count\": 2"));
        Outcome down = cli.run("health");
        assertThat(down.exitCode()).isEqualTo(69);
        assertThat(down.out()).endsWith("2 changes come from a newer heph and wait for an upgrade of this one\n");
    }

    @Test
    void doctor_compare_isOneOfTheChecks() {
        cli.up().answer("doctor", DOCTOR);
        cli.answer("sync.compare", "{'ok':false,'checks':[{'name':'the hub','ok':false,'detail':'differs from http://127.0.0.1:7800 in nodes'}],'nodes':['X']}");
        assertThat(cli.run("doctor", "--compare").exitCode()).isEqualTo(1);
        assertThat(cli.run("doctor", "--compare").out()).endsWith("WRONG  the hub  differs from http://127.0.0.1:7800 in nodes\n");
        assertThat(cli.run("doctor", "--compare", "--json").out()).contains("\"ok\":false", "the hub");
    }

    @Test
    void doctor() {
        cli.up().answer("doctor", DOCTOR);
        assertThat(cli.run("doctor", "--rebuild-check"))
                .isEqualTo(new Outcome(1, "ok     log      7 bundles\nWRONG  rebuild  digests differ\n", ""));
        assertThat(cli.asked).containsExactly("doctor {'rebuild_check':true}");
    }

    @Test
    void rpc() {
        cli.up().answer("node.list", "{'nodes':[ ],'total':0}");
        assertThat(cli.run("rpc", "node.list", "{\"kind\":\n\"task\"}"))
                .isEqualTo(new Outcome(0, "{\"nodes\":[ ],\"total\":0}\n", ""));
        assertThat(cli.asked).containsExactly("node.list {'kind':'task'}");
    }

    @Test
    void version() {
        assertThat(cli.run("version").out()).matches("heph \\d+\\.\\d+\\.\\d+\n");
        assertThat(cli.run("--version")).isEqualTo(cli.run("version"));
        assertThat(cli.run("version", "--json").out()).startsWith("{\"version\":\"");
    }

    /** H-013: a command without a running daemon starts it. */
    @Test
    void noDaemon_started_withoutAWordWhenQuick() {
        assertThat(cli.answer("next", "[]").run("next", "--json")).isEqualTo(new Outcome(0, "[]\n", ""));
    }

    @Test
    void noDaemon_started_saysSoWhenItTakes() {
        cli.startMillis = 450;
        assertThat(cli.answer("next", "[]").run("next", "--json"))
                .isEqualTo(new Outcome(0, "[]\n", "heph: starting the daemon…\n"));
    }

    @Test
    void noDaemon_noStart_saysTheRemedy() {
        assertThat(cli.run("add", "Pay rent", "--no-start"))
                .isEqualTo(new Outcome(69, "", "heph: the daemon is not running. Start it: heph up\n"));
    }

    @Test
    void daemonThatDoesNotAnswer() {
        cli.gatewayStarts = false;
        Path socket = cli.home().socket();
        assertThat(cli.run("list"))
                .isEqualTo(new Outcome(
                        69, "", "heph: the daemon started, but " + socket + " does not answer. See why: heph logs\n"));
    }

    @Test
    void home_asOption_beforeOrAfterTheCommand() {
        cli.environment.remove("HEPH_HOME");
        String other = directory.resolve("other").toString();
        assertThat(cli.run("--home", other, "status").out()).contains(other + "/data");
        assertThat(cli.run("status", "--home=other").out()).contains(other + "/data");
    }
}
