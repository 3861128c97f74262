package dev.heph.gateway;

import static dev.heph.gateway.Client.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heph.gateway.socket.Limits;
import dev.heph.runtime.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one client may take of the gateway, and that it takes nothing from the others. */
class LimitsTest {
    private static final byte[] NEWLINE = {'\n'};

    @TempDir
    private Path directory;

    @Test
    void aLineOf100MegabytesIsAnsweredOnceAndPassedOver() {
        try (Rig rig = new Rig(directory)) {
            Client client = rig.connect();
            byte[] megabyte = new byte[1_000_000];
            Arrays.fill(megabyte, (byte) 'x');
            for (int i = 0; i < 100; i++) {
                client.send(megabyte);
            }
            client.send(NEWLINE);

            var answer = client.next();
            assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
            assertThat(answer.at("/error/message").asText()).contains("64 MiB");
            client.expectSilence();
        }
    }

    @Test
    void longLinesOfManyClientsTakeNoMoreThanTheirShareTogether() {
        try (Rig rig = new Rig(directory, new Limits(64 << 20, 3 << 20, 8 << 20, Duration.ofSeconds(30), 10))) {
            byte[] megabytes = new byte[1_900_000]; // a buffer of 2 MiB
            Arrays.fill(megabytes, (byte) ' ');
            Client first = rig.connect().send(megabytes);
            Client second = rig.connect().send(megabytes);
            var refusals = new ArrayList<Client>();
            await().until(() -> {
                for (Client client : new Client[] {first, second}) {
                    if (client.hears("-32013", Duration.ofMillis(50))) {
                        refusals.add(client);
                    }
                }
                return !refusals.isEmpty();
            });
            assertThat(refusals).hasSize(1);

            Client refused = refusals.getFirst();
            Client taken = refused == first ? second : first;
            taken.send(NEWLINE).expectSilence();
            refused.send(NEWLINE).expectSilence();
            assertThat(refused.send(megabytes).send(request(1, "health", "{}")).next().has("result"))
                    .as("what the other took is free again").isTrue();
        }
    }

    @Test
    void aLargeBodyGoesThrough() {
        try (Rig rig = new Rig(directory)) {
            rig.store.answer("node.update", params -> Json.object().put("length", params.path("body").asText().length()));
            String body = "ä\\n".repeat(5_000_000);

            assertThat(rig.connect().call("node.update", "{\"id\":\"a\",\"body\":\"" + body + "\"}").at("/result/length").asInt())
                    .isEqualTo(10_000_000);
        }
    }

    @Test
    void aSubscriberThatDoesNotReadIsCutOffAndHoldsUpNobody() {
        try (Rig rig = new Rig(directory, new Limits(1 << 20, 160 << 20, 64 << 10, Duration.ofSeconds(30), 10));
                Client sleeper = Client.connectWithoutReading(rig.home.socket())) {
            Client reader = rig.connect();
            assertThat(reader.call("node.subscribe", "{}").at("/result/ok").asBoolean()).isTrue();
            sleeper.send(request(1, "node.subscribe", "{}"));

            String rev = "r".repeat(1_000);
            for (int i = 0; i < 4_000; i++) { // 4 MB: more than the queue and the kernel's buffers hold
                rig.store.change("N" + i, rev, "sync");
                assertThat(reader.next().at("/params/id").asText()).isEqualTo("N" + i);
            }
            await().untilAsserted(() -> assertThatThrownBy(() -> sleeper.send(request(2, "health", "{}"))));
        }
    }

    @Test
    void aClientThatAsksAndDoesNotReadIsReadNoFurtherAndCutOffAtLast() {
        try (Rig rig = new Rig(directory, new Limits(1 << 20, 160 << 20, 64 << 10, Duration.ofMillis(300), 10));
                Client sleeper = Client.connectWithoutReading(rig.home.socket())) {
            rig.store.answerRaw("node.get", "\"" + "x".repeat(100_000) + "\"");
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        sleeper.send(request(i, "node.get", "{\"id\":\"a\"}"));
                    }
                } catch (UncheckedIOException cutOff) {
                    // as it should be
                }
            });

            await().until(() -> !asking.isAlive());
            assertThat(rig.store.asked).hasSizeLessThan(100);
            assertThat(rig.connect().call("health", "{}").has("result")).isTrue();
        }
    }

    @Test
    void aSlowRequestOfOneClientHoldsUpNoOther() {
        var gate = new CountDownLatch(1);
        try (Rig rig = new Rig(directory)) {
            rig.store.answer("search", params -> {
                gate.await();
                return Json.object();
            });
            Client slow = rig.connect().send(request(1, "search", "{\"query\":\"a\"}")).send(request(2, "node.get", "{\"id\":\"a\"}"));

            assertThat(rig.connect().call("node.get", "{\"id\":\"a\"}").has("result")).isTrue();
            gate.countDown();
            assertThat(slow.next().path("id").asInt()).isEqualTo(1);
            assertThat(slow.next().path("id").asInt()).isEqualTo(2);
        } finally {
            gate.countDown();
        }
    }

    @Test
    void aLongRequestRunsBesideTheOthersOfItsConnection() {
        var gate = new CountDownLatch(1);
        try (Rig rig = new Rig(directory)) {
            rig.store.answer("doctor", params -> {
                gate.await();
                return Json.object().put("ok", true);
            });
            Client client = rig.connect().send(request(1, "doctor", "{}"));
            assertThat(client.next().at("/params/request").asInt()).as("progress").isEqualTo(1);

            assertThat(client.send(request(2, "node.get", "{\"id\":\"a\"}")).next().path("id").asInt()).isEqualTo(2);
            client.end();
            gate.countDown();
            assertThat(client.next().path("id").asInt()).as("answered though nothing more will be asked").isEqualTo(1);
            client.expectEnd();
        } finally {
            gate.countDown();
        }
    }

    @Test
    void tooManyClientsAreTold() {
        try (Rig rig = new Rig(directory, new Limits(1 << 20, 160 << 20, 64 << 10, Duration.ofSeconds(1), 2))) {
            Client first = rig.connect();
            first.call("health", "{}");
            rig.connect().call("health", "{}");

            Client third = rig.connect();
            assertThat(third.next().at("/error/code").asInt()).isEqualTo(-32013);
            third.expectEnd();

            first.close();
            await().until(() -> rig.connect().send(request(1, "health", "{}"))
                    .next().has("result"));
        }
    }
}
