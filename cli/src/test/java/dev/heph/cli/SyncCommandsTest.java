package dev.heph.cli;

import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of syncing. The clock stands at 2026-11-21 09:05:00. */
class SyncCommandsTest {
    private static final String HUB = "http://127.0.0.1:7800";
    private static final String IDLE = json("""
            {'state': 'idle', 'online': true, 'hub': 'http://127.0.0.1:7800', 'pending_ops': 0, 'unapplied': 0, 'conflicts': 0,
             'skew': [], 'pulled_n': 1203, 'hub_n': 1203, 'last_success': 1795251897000, 'last_attempt': 1795251897000,
             'next_attempt': 1795251927000, 'stale': false}""");
    private static final String OFFLINE = json("""
            {'state': 'offline', 'online': false, 'hub': 'http://127.0.0.1:7800', 'reason': 'connection refused', 'pending_ops': 12,
             'unapplied': 1, 'conflicts': 2, 'skew': [{'device': 'd', 'device_name': 'laptop', 'ms': -420000}], 'clock_skew_ms': 120000,
             'pulled_n': 1203, 'hub_n': 1210, 'last_success': 1795075200000, 'stale': true}""");
    private static final String DEVICES = json("""
            [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'name': 'laptop', 'seq': 1203, 'at': 1795251600000, 'self': false, 'revoked': false},
             {'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'name': 'hub', 'seq': 1, 'at': 1795165500000, 'self': true, 'revoked': false}]""");

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
    void sync() {
        String moved = json("{'hub':'http://127.0.0.1:7800','pushed':1200,'pulled':3,'conflicts':2}");
        cli.answer("sync.now", moved);
        assertThat(cli.run("sync")).isEqualTo(new Outcome(
                0, "Synced with " + HUB + ": sent 1,200, received 3\n2 conflicts: heph conflicts\n", ""));
        assertThat(cli.run("sync", "--json").out()).isEqualTo(moved + "\n");

        cli.answer("sync.now", "{'hub':'http://127.0.0.1:7800','pushed':0,'pulled':0,'conflicts':0}");
        assertThat(cli.run("sync").out()).isEqualTo("Synced with " + HUB + ": nothing new\n");
    }

    @Test
    void sync_whoLooksOnSeesHowFarItIs() {
        var done = new AtomicReference<>(0L);
        cli.terminal = Cli.TERMINAL;
        cli.answer("sync.status", params -> {
            long now = done.getAndUpdate(before -> before + 500);
            return "\"result\":" + json(now < 1_000 ? "{'state':'syncing','progress':{'done':%d,'total':1000}}".formatted(now) : "{'state':'idle'}");
        });
        cli.answer("sync.now", "{'hub':'http://127.0.0.1:7800','pushed':0,'pulled':0,'conflicts':0}");
        Outcome outcome = cli.run("sync");
        assertThat(outcome.out()).isEqualTo("Synced with " + HUB + ": nothing new\n");
        assertThat(outcome.err()).contains("  0 %", " 50 %", "500 of 1,000");
    }

    @Test
    void sync_takesLongerThanAScriptCanWait() {
        cli.refuse("sync.now", -32012, "timeout", "syncing goes on", "");
        assertThat(cli.run("sync")).isEqualTo(new Outcome(75, "", "heph: syncing goes on\n"));
    }

    @Test
    void sync_hubIsAway() {
        cli.refuse("sync.now", -32003, "away", "not synced with " + HUB + ": connection refused", "");
        assertThat(cli.run("sync")).isEqualTo(new Outcome(69, "", "heph: not synced with " + HUB + ": connection refused\n"));
    }

    @Test
    void sync_status() {
        cli.answer("sync.status", IDLE);
        assertThat(cli.run("sync", "--status")).isEqualTo(new Outcome(0, """
                sync      idle
                hub       http://127.0.0.1:7800
                synced    3 s ago (2026-11-21 09:04)
                next try  in 27 s
                received  1,203 of 1,203
                """, ""));
        assertThat(cli.run("sync", "--status", "--json").out()).isEqualTo(IDLE + "\n");
    }

    @Test
    void sync_status_notForDays_saysSoLoudly() {
        cli.answer("sync.status", OFFLINE);
        assertThat(cli.run("sync", "--status")).isEqualTo(new Outcome(0, """
                sync       offline: connection refused
                hub        http://127.0.0.1:7800
                synced     2 days ago (2026-11-19 08:00)
                waiting    12 changes wait here
                received   1,203 of 1,210
                conflicts  2 conflicts: heph conflicts
                unapplied  1 op waits for a newer heph that understands what came
                clock      this one is 2 min ahead of the hub's
                clock      that of laptop is 7 min behind
                NOT SYNCED FOR 2 DAYS: what is written here is on this device only
                """, ""));
    }

    @Test
    void sync_status_withoutAHub() {
        // Without a hub everything is unsent, and nothing waits.
        cli.answer("sync.status", "{'state':'off','online':false,'reason':'no hub is configured: this device keeps everything to itself','pending_ops':75}");
        assertThat(cli.run("sync", "--status")).isEqualTo(
                new Outcome(0, "sync  off: no hub is configured: this device keeps everything to itself\n", ""));
    }

    @Test
    void sync_watch_aLineForEachChange() throws Exception {
        var status = new AtomicReference<>(IDLE);
        cli.answer("sync.status", params -> "\"result\":" + status.get());
        var outcome = new AtomicReference<Outcome>();
        Thread watching = Thread.ofVirtual().start(() -> outcome.set(cli.run("sync", "--watch")));
        awaitAsked(2);
        status.set(IDLE.replace("1795251897000", "1795251899000"));
        awaitAsked(4);
        status.set(OFFLINE);
        awaitAsked(6);
        watching.interrupt();
        watching.join();

        assertThat(outcome.get().out()).isEqualTo("09:05:00  in step with " + HUB + "\n"
                + "09:05:00  offline: connection refused · 12 changes wait here · 2 conflicts: heph conflicts\n");
    }

    private void awaitAsked(int times) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> cli.asked.size() >= times);
    }

    @Test
    void hub_join_andLeave() {
        cli.answer("hub.join", IDLE).answer("hub.leave", "{'state':'off','online':false}").answer("sync.status", IDLE);
        assertThat(cli.run("hub", "join", HUB)).isEqualTo(new Outcome(
                0, "Joined " + HUB + ": from now on everything here is synced with it. Look: heph sync --status\n", ""));
        assertThat(cli.asked).containsExactly("hub.join {'url':'" + HUB + "'}");
        assertThat(cli.run("hub", "leave").out()).isEqualTo("Left " + HUB + ": everything stays here, and what it has stays there\n");
        cli.answer("sync.status", "{'state':'off','online':false}");
        assertThat(cli.run("hub", "leave").out()).isEqualTo("There was no hub to leave; everything stays here\n");
        assertThat(cli.run("hub", "join", HUB, "--json").out()).isEqualTo(IDLE + "\n");
        cli.answer("hub.join", "{\"state\":\"offline\",\"online\":false,\"hub\":\"" + HUB + "\",\"login_needed\":true}");
        assertThat(cli.run("hub", "join", HUB).out())
                .isEqualTo("Joined " + HUB + ". It asks who you are; log in, and from then on everything here is synced with it: heph auth login\n");
    }

    @Test
    void hub_wrongWords() {
        assertThat(cli.run("hub", "join").err())
                .isEqualTo("heph: hub join needs the URL that heph hub up said. Try: heph hub join http://127.0.0.1:7800\n");
        assertThat(cli.run("hub", "jion")).isEqualTo(new Outcome(64, "", "heph: hub does not know 'jion'. Did you mean join? Try: heph help hub\n"));
        assertThat(cli.run("hub", "up", "7800").err()).isEqualTo("heph: hub up does not take '7800' as well. Try: heph help hub\n");
    }

    @Test
    void hub_status() {
        cli.answer("device.list", DEVICES).answer("sync.status", json("""
                {'state': 'hub', 'online': true, 'hub': 'http://127.0.0.1:7800', 'listening': 1, 'epoch': '01KAHX5T9ZV2Q8R4N6B7C9W8TR',
                 'n': 1204, 'unapplied': 0, 'conflicts': 0, 'skew': []}"""));
        assertThat(cli.run("hub", "status")).isEqualTo(new Outcome(0, """
                sync       this is a hub
                address    http://127.0.0.1:7800
                epoch      01KAHX5T9ZV2Q8R4N6B7C9W8TR
                bundles    1,204
                listening  1
                  laptop  1,203 ops  wrote last 5 min ago (2026-11-21 09:00)            01KAHX5T9ZV2Q8R4N6B7C9K3F9
                  hub     1 op       wrote last 1 day ago (2026-11-20 09:05)  this one  01KAHX5T9ZV2Q8R4N6B7C9M2X1
                """, ""));
        assertThat(cli.run("hub", "status", "--json").out()).startsWith("{\"sync\":{\"state\":\"hub\"").endsWith("}]}\n");
    }

    @Test
    void hub_up_isAHubForEveryLaterCommand() throws IOException {
        cli.home().create();
        Files.writeString(cli.home().configFile(), "# mine\nday_starts = 04:00\n");
        assertThat(cli.run("hub", "up", "--port", "7801")).isEqualTo(new Outcome(
                0, "the hub is up at http://127.0.0.1:7801\nDevices of this machine join it: heph hub join http://127.0.0.1:7801\n", ""));
        assertThat(cli.home().configFile()).hasContent("# mine\nday_starts = 04:00\nmode = hub\nhttp.address = 127.0.0.1:7801\n");

        Files.writeString(cli.home().data().resolve("heph.db"), "the hub's");
        assertThat(cli.run("hub", "up")).isEqualTo(new Outcome(0, "the hub is running already (pid 4711), at http://127.0.0.1:7801\n"
                + "Devices of this machine join it: heph hub join http://127.0.0.1:7801\n", ""));
        assertThat(cli.run("hub", "up", "--json").out())
                .isEqualTo("{\"started\":false,\"pid\":4711,\"url\":\"http://127.0.0.1:7801\"}\n");
        assertThat(cli.run("hub", "up", "--port", "7802").err()).contains("heph hub down, then heph hub up");
        assertThat(cli.run("hub", "down").out()).isEqualTo("heph is down\n");
    }

    @Test
    void hub_up_withALogin() throws IOException {
        cli.home().create();
        Files.writeString(cli.home().configFile(), "auth.issuer = https://id.example\n");
        assertThat(cli.run("hub", "up").out()).endsWith("Devices of this machine join it: heph hub join http://127.0.0.1:7800, then: heph auth login\n"
                + "Everybody who has an account at https://id.example can keep notes here, each their own; to let in one group only: auth.group\n");
        Files.writeString(cli.home().configFile(), "auth.issuer = https://id.example\nauth.group = family\nhttp.address = 0.0.0.0:7800\ntls.certificate = /c\ntls.key = /k\n");
        assertThat(cli.run("hub", "up").out()).endsWith("at https://0.0.0.0:7800\n"
                + "Devices join it by the name that its certificate is for: heph hub join URL, then: heph auth login\n");
    }

    @Test
    void hub_status_withALogin() {
        cli.answer("sync.status", "{'state':'hub','online':true,'hub':'https://0.0.0.0:7800','listening':3,'people':2}".replace('\'', '"'));
        cli.answer("device.list", "[]");
        assertThat(cli.run("hub", "status").out()).isEqualTo("sync       this is a hub\naddress    https://0.0.0.0:7800\npeople     2\nlistening  3\n");
    }

    @Test
    void hub_up_fromNothing() {
        assertThat(cli.run("hub", "up").out()).startsWith("the hub is up at http://127.0.0.1:7800\n");
        assertThat(cli.home().configFile()).hasContent("mode = hub\n");
    }

    @Test
    void hub_up_whereADeviceHasWritten_isRefused() throws IOException {
        Files.writeString(cli.home().create().data().resolve("heph.db"), "a device's");
        assertThat(cli.run("hub", "up")).isEqualTo(new Outcome(1, "", "heph: " + cli.home().data()
                + " is a device's, with its notes: give the hub a home of its own: HEPH_HOME=DIR heph hub up\n"));
        assertThat(cli.home().configFile()).doesNotExist();
    }

    @Test
    void hub_up_withWhatWouldNotHold_changesNothing() {
        assertThat(cli.run("hub", "up", "--port", "0").exitCode()).isEqualTo(64);
        assertThat(cli.run("hub", "up", "--port", "70000").err())
                .isEqualTo("heph: --port takes a number from 1 to 65535, not 70000. Try: heph hub up --port 7800\n");
        cli.environment.put("HEPH_MODE", "device");
        assertThat(cli.run("hub", "up").err()).isEqualTo("heph: HEPH_MODE=device would start it as something else: unset HEPH_MODE\n");
        cli.environment.remove("HEPH_MODE");
        cli.environment.put("HEPH_HTTP_ADDRESS", "127.0.0.1:9000");
        assertThat(cli.run("hub", "up", "--port", "7801").err())
                .isEqualTo("heph: HEPH_HTTP_ADDRESS is set and wins over --port: leave out one of the two\n");
        cli.environment.put("HEPH_HTTP_ADDRESS", "0.0.0.0:9000");
        assertThat(cli.run("hub", "up").err()).contains("must be a loopback address");
        cli.environment.remove("HEPH_HTTP_ADDRESS");
        cli.environment.put("HEPH_HUB_URL", HUB);
        assertThat(cli.run("hub", "up").exitCode()).isEqualTo(65);
        assertThat(cli.home().configFile()).doesNotExist();
    }
}
