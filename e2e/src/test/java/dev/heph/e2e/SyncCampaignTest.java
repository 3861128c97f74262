package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.testing.FreePort;
import dev.heph.testing.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A black-box run in the manner of Jepsen: a hub and ten devices, each writing on, while a third of all is killed every few seconds, networks
 * go and come, databases are lost, and clocks are wrong. Then all is quiet, and every device has to hold what the hub holds, and the hub everything that was acknowledged
 * to anybody. {@code -Dheph.long=true} goes on for ten minutes.
 */
class SyncCampaignTest {
    private static final int DEVICES = Integer.getInteger("heph.campaign.devices", 10);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("heph.campaign.seconds", Boolean.getBoolean("heph.long") ? 600 : 60));
    /** Ten writers, each ten times a second: a hundred writes a second. */
    private static final int PACE_MILLIS = 100;

    /** Of so many blows one is a database that is lost. */
    private static final int RESET_EVERY = 6;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Clocks of the devices, in minutes from the right time. */
    private static final List<Integer> SKEW = List.of(0, 0, 4, -4, 0, 0, 600, 0, -600, 0);

    @TempDir
    Path directory;

    private final List<Site> sites = Collections.synchronizedList(new ArrayList<>());

    /** What was acknowledged to devices before they lost their databases. */
    private final List<Ledger> before = new ArrayList<>();
    private Device hub;

    /** A device, who writes on it, and its network. */
    private record Site(Device device, Proxy network, Writer writer) {}

    @AfterEach
    void end() {
        sites.forEach(site -> {
            site.writer().close();
            site.network().close();
            site.device().close();
        });
        hub.close();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLost() {
        long seed = Seed.next();
        Random random = new Random(seed);
        int port = FreePort.next();
        hub = Device.at(directory.resolve("hub")).with("HEPH_LIGHT", "true");
        hub.heph("hub", "up", "--port", "" + port).ok();
        IntStream.range(0, DEVICES).parallel().forEach(number -> sites.add(site(number, port)));
        int blows = disturb(random);
        List<Ledger> acknowledged = quiet();
        awaitOneStateEverywhere();
        acknowledged.forEach(ledger -> ledger.check(hub));
        assertThat(hub.heph("doctor", "--rebuild-check").ok().out()).doesNotContain("WRONG");
        int notes = acknowledged.stream().mapToInt(ledger -> ledger.titles().size()).sum();
        int lines = acknowledged.stream().flatMap(ledger -> ledger.lines().values().stream()).mapToInt(List::size).sum();
        System.out.printf("%d devices, %d s, %d blows, %d databases lost: %d notes and tasks and %d lines acknowledged, 0 lost%n",
                DEVICES, LENGTH.toSeconds(), blows, before.size(), notes, lines);
        assertThat(notes).isGreaterThan(DEVICES);
    }

    private Site site(int number, int port) {
        Device device = Device.at(directory.resolve("device" + number))
                .with("HEPH_LIGHT", "true")
                .with("HEPH_DEVICE_NAME", "device " + number)
                .with("HEPH_TEST_NOW", Instant.now().plus(Duration.ofMinutes(SKEW.get(number % SKEW.size()))).toString());
        Proxy network = new Proxy(port);
        device.heph("hub", "join", network.url()).ok();
        return new Site(device, network, new Writer(device, PACE_MILLIS));
    }

    /** @return how often something was taken away */
    private int disturb(Random random) {
        int blows = 0;
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < end) {
            Site one = sites.get(random.nextInt(sites.size()));
            one.writer().awaitMore(1 + random.nextInt(10));
            blows++;
            if (blows % RESET_EVERY == 0) {
                reset(random.nextInt(sites.size()));
                continue;
            }
            switch (random.nextInt(6)) {
                case 0 -> killAThird(random);
                case 1 -> restart(hub, () -> hub.heph("hub", "up").ok());
                case 2 -> one.network().disconnect();
                case 3 -> one.network().connect();
                default -> one.network().cut();
            }
        }
        return blows;
    }

    /** A device that is in sync loses all it has, joins again and writes on. */
    private void reset(int number) {
        Site site = sites.get(number);
        before.add(site.writer().stop());
        site.network().connect();
        await().atMost(PATIENCE).pollInterval(POLL).until(() -> site.device().heph("sync").exitCode() == 0);
        site.device().heph("down").ok();
        site.device().forget();
        site.device().heph("hub", "join", site.network().url()).ok();
        sites.set(number, new Site(site.device(), site.network(), new Writer(site.device(), PACE_MILLIS)));
    }

    private void killAThird(Random random) {
        List<Site> victims = new ArrayList<>(sites);
        Collections.shuffle(victims, random);
        victims = victims.subList(0, Math.max(1, DEVICES / 3));
        victims.parallelStream().forEach(site -> restart(site.device(), () -> site.device().heph("next").ok()));
    }

    /** kill -9, and then any command, which starts it again. */
    private static void restart(Device device, Runnable start) {
        device.processes().forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        start.run();
    }

    /** @return what was acknowledged, when nobody writes any more and everything works */
    private List<Ledger> quiet() {
        List<Ledger> acknowledged = new ArrayList<>(before);
        sites.forEach(site -> acknowledged.add(site.writer().stop()));
        sites.forEach(site -> site.network().connect());
        hub.heph("hub", "up").ok();
        sites.parallelStream().forEach(site -> site.device().heph("up").ok());
        return acknowledged;
    }

    private void awaitOneStateEverywhere() {
        for (int round = 0; round < 2; round++) { // what the second brings to the hub the first one lacks until the next round
            sites.parallelStream().forEach(site ->
                    await().atMost(PATIENCE).pollInterval(POLL).until(() -> site.device().heph("sync").exitCode() == 0));
        }
        sites.parallelStream().forEach(site -> {
            JsonNode status = site.device().heph("sync", "--status", "--json").ok().json();
            assertThat(status.path("pending_ops").asLong()).as("%s", status).isZero();
            assertThat(status.path("unapplied").asLong()).as("%s", status).isZero();
            assertThat(site.device().heph("doctor", "--compare").ok().out()).doesNotContain("WRONG");
        });
    }
}
