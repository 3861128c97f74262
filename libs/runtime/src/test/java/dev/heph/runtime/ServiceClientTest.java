package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceClientTest {
    private static final JsonNode NOTHING = Json.object();

    @TempDir
    Path tmp;

    private final AtomicInteger calls = new AtomicInteger();
    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final List<Service> running = new ArrayList<>();
    private Home home;
    private ServiceClient client;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
        client = new ServiceClient(home, "store");
    }

    @AfterEach
    void stop() {
        running.forEach(Service::close);
    }

    @Test
    void aCallGivesTheResult() {
        start();

        assertThat(client.call("count", NOTHING)).isEqualTo(IntNode.valueOf(1));
        byte[] raw = client.call("who", "{}".getBytes(StandardCharsets.UTF_8), Optional.of("nvim"), Duration.ofSeconds(1));
        assertThat(new String(raw, StandardCharsets.UTF_8)).isEqualTo("\"nvim\"");
        assertThat(client.health()).contains(new Health(true, "running", Map.of()));
        assertThat(client.answers()).isTrue();
    }

    @Test
    void anErrorComesAsItWasThrown() {
        start();

        var error = catchThrowableOfType(HephException.class, () -> client.call("missing", NOTHING));

        assertThat(error.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(error).hasMessage("no note 'k3f'");
        assertThat(error.data()).isEqualTo(Map.of("candidates", List.of("k3f9")));
    }

    @Test
    void aServiceThatIsNotThereIsAway() {
        var error = catchThrowableOfType(HephException.class, () -> client.call("count", NOTHING));

        assertThat(error.reason()).isEqualTo(Reason.AWAY);
        assertThat(error).hasMessageContaining("heph's store is not running").hasMessageContaining("heph status");
        assertThat(client.health()).isEmpty();
        assertThat(client.answers()).isFalse();
    }

    @Test
    void aRunFileLeftByACrashIsAway() throws Exception {
        Service crashed = start();
        client.call("count", NOTHING);
        RunFile left = RunFile.read(home, "store").orElseThrow();
        crashed.close();
        left.write(home);

        // A connection that the service is still closing may take a question without an answer; that is away too, in other words.
        await().untilAsserted(() -> {
            var error = catchThrowableOfType(HephException.class, () -> client.call("count", NOTHING));
            assertThat(error.reason()).isEqualTo(Reason.AWAY);
            assertThat(error).hasMessageContaining("not running");
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    void nobodyElseAtADeadServicesPortIsGivenTheSecret() throws Exception {
        Service crashed = start();
        client.call("count", NOTHING);
        int port = crashed.port();
        crashed.close();
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        try (var stranger = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            stranger.setSoTimeout(200);
            for (boolean fileIsLeft : new boolean[] {false, true}) {
                if (fileIsLeft) {
                    new RunFile("store", dead.pid(), port, "1", Clock.systemUTC().instant()).write(home);
                }
                assertThatThrownBy(() -> client.call("count", NOTHING)).hasMessageContaining("not running");
                assertThatThrownBy(stranger::accept).as("nobody knocked").isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void aRestartedServiceIsFoundAtItsNewPortWithoutAnyCallLostOrDoubled() {
        for (int i = 1; i <= 20; i++) {
            Service service = start();
            assertThat(client.call("count", NOTHING).asInt()).isEqualTo(2 * i - 1);
            assertThat(client.call("count", NOTHING).asInt()).isEqualTo(2 * i);
            service.close();
        }
    }

    @Test
    void aNewLaunchWithAnotherSecretIsFound() {
        Service old = start();
        client.call("count", NOTHING);
        old.close();
        Secret.renew(home);
        start();

        assertThat(client.call("count", NOTHING).asInt()).isEqualTo(2);
    }

    @Test
    void aCallWhoseOutcomeIsUnknownIsNotSentAgain() throws Exception {
        Secret.renew(home);
        var received = new AtomicInteger();
        try (var trap = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!trap.isClosed()) {
                    try (var connection = trap.accept()) {
                        if (connection.getInputStream().read(new byte[4096]) > 0) {
                            received.incrementAndGet();
                        }
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            RunFile.ofThisProcess("store", trap.getLocalPort(), Clock.systemUTC().instant()).write(home);

            var error = catchThrowableOfType(HephException.class, () -> client.call("count", NOTHING));

            assertThat(error.reason()).isEqualTo(Reason.AWAY);
            assertThat(error).hasMessageContaining("may or may not be saved");
            assertThat(received).hasValue(1);
        }
    }

    @Test
    void aServiceThatDoesNotAnswerInTimeIsAway() {
        start();

        var error = catchThrowableOfType(
                HephException.class, () -> client.call("slow", new byte[0], Optional.empty(), Duration.ofSeconds(1)));

        assertThat(error.reason()).isEqualTo(Reason.AWAY);
        assertThat(error).hasMessageContaining("did not answer within 1 s");
        assertThat(client.call("echo", NOTHING)).as("the next call is not given the late answer").isEqualTo(NOTHING);
    }

    @Test
    void bodiesOfAnySizeArriveWhole() {
        start();
        for (int size : new int[] {1, 1000, 16_383, 16_384, 70_000, 5_000_000}) {
            var params = Json.object().put("text", "é".repeat(size));
            assertThat(client.call("echo", params)).isEqualTo(params);
        }
    }

    @Test
    void manyThreadsShareOneClient() throws Exception {
        start();
        var threads = new ArrayList<Thread>();
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        for (int t = 0; t < 16; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        client.call("count", NOTHING);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(calls).hasValue(1600);
    }

    @Test
    void aStreamDeliversLinesAndLeavesOutTheEmptyOnes() throws Exception {
        start();
        var opened = new CountDownLatch(1);
        var lines = new LinkedBlockingQueue<String>();
        Thread reader = Thread.ofVirtual().start(() -> client.stream("/changes", opened::countDown, lines::add));
        assertThat(opened.await(5, TimeUnit.SECONDS)).as("opened before the first line").isTrue();

        changes.addAll(List.of("{\"id\":\"é\"}", "", "2"));

        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("{\"id\":\"é\"}");
        assertThat(lines.poll(5, TimeUnit.SECONDS)).isEqualTo("2");
        reader.interrupt();
        assertThat(reader.join(Duration.ofSeconds(5))).as("an interrupt ends it").isTrue();
    }

    @Test
    void aStopEndsStreamsAtOnceAndLetsACallFinish() throws Exception {
        Service service = start();
        var opened = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> client.stream("/changes", opened::countDown, line -> {})).isInstanceOf(HephException.class);
        });
        opened.await();
        var answered = new LinkedBlockingQueue<JsonNode>();
        Thread caller = Thread.ofVirtual().start(() -> answered.add(client.call("slow", NOTHING)));
        await().until(() -> calls.get() == 1);

        long began = System.nanoTime();
        service.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        assertThat(answered.poll(1, TimeUnit.SECONDS)).as("what was under way was finished").isNotNull();
        caller.join();
        reader.interrupt();
        reader.join();
    }

    @Test
    void aServiceThatNeedsAnotherIsAnnouncedOnlyOnceThatAnswers() {
        ServiceServer sync = ServiceServer.of("sync", home, Clock.systemUTC()).start();
        running.add(sync);
        sync.announceWhenAnswers(client);
        assertThat(RunFile.read(home, "sync")).isEmpty();

        start();

        await().until(() -> RunFile.read(home, "sync").isPresent());
    }

    /** Not a benchmark: it fails only when something is badly off, such as a delayed acknowledgement on each call. */
    @Test
    void aSmallCallIsFast() {
        start();
        long[] nanos = new long[3000];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            client.call("count", NOTHING);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.printf("a call: p50 %.3f ms, p99 %.3f ms%n", nanos[1500] / 1e6, nanos[2970] / 1e6);
        assertThat(nanos[1500]).isLessThan(10_000_000);
    }

    private Service start() {
        ServiceServer server = ServiceServer.of("store", home, Clock.systemUTC())
                .call("count", request -> Answer.of(IntNode.valueOf(calls.incrementAndGet())))
                .call("who", request -> Answer.raw("\"" + request.client().orElseThrow() + "\""))
                .call("echo", Call.of(params -> params))
                .call("slow", request -> {
                    calls.incrementAndGet();
                    new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS);
                    calls.decrementAndGet();
                    return Answer.raw("\"late\"");
                })
                .call("missing", request -> {
                    throw new HephException(Reason.NOT_FOUND, "no note 'k3f'", Map.of("candidates", List.of("k3f9")));
                })
                .stream("/changes", lines -> {
                    lines.send("");
                    while (true) {
                        lines.send(changes.take());
                    }
                })
                .start();
        server.announce();
        running.add(server);
        return server;
    }
}
