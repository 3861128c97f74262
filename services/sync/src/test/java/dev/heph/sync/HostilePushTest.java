package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that were changed on the way, by chance or on purpose: refused as a sender's fault, and nothing of them is kept. */
@Timeout(value = 2, unit = TimeUnit.HOURS) // of the long one
class HostilePushTest {
    /** {@code -Dheph.long=true} tries a hundred thousand. */
    private static final int BODIES = Boolean.getBoolean("heph.long") ? 100_000 : 3_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path tmp;

    @Test
    void nothingOfAChangedBodyIsKept() throws Exception {
        long seed = Seed.next();
        Random random = new Random(seed);
        try (Replica hub = Replica.hub(tmp.resolve("hub")).start(); Replica laptop = Replica.device(tmp.resolve("laptop"));
                Replica phone = Replica.device(tmp.resolve("phone")).join("http://127.0.0.1:" + hub.port); HttpClient http = HttpClient.newHttpClient()) {
            String kept = phone.note("Kept", "of another device\n");
            phone.syncNow();
            laptop.join("http://127.0.0.1:" + hub.port);
            laptop.syncNow();
            laptop.stopSync();
            for (int note = 0; note < 5; note++) {
                laptop.note("Note " + note, "- [ ] box " + note + "\n");
            }
            byte[] parcel = laptop.offer();
            long ops = hub.sql("SELECT count(*) FROM ops");
            for (int body = 0; body < BODIES; body++) {
                byte[] changed = changed(parcel, random);
                HttpResponse<byte[]> answer = push(http, hub, changed);
                assertThat(answer.statusCode()).as("body %d of seed %d", body, seed).isBetween(400, 499);
            }
            assertThat(hub.sql("SELECT count(*) FROM ops")).isEqualTo(ops);
            assertThat(hub.sql("SELECT count(*) FROM arrivals")).isEqualTo(hub.sql("SELECT count(*) FROM bundles"));
            HttpResponse<byte[]> right = push(http, hub, parcel);
            assertThat(Json.read(right.body()).path("applied").asLong()).isPositive();
            assertThat(hub.has(kept)).isTrue();
        }
    }

    private static HttpResponse<byte[]> push(HttpClient http, Replica hub, byte[] body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port + "/sync/v1/push?space=personal"))
                .timeout(PATIENCE).header("Content-Type", "application/cbor").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Some bytes flipped, taken out, put in twice or cut off; never the body that it was. */
    private static byte[] changed(byte[] body, Random random) {
        byte[] changed = body;
        while (Arrays.equals(changed, body)) {
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                changed = changedOnce(changed, random);
            }
        }
        return changed;
    }

    private static byte[] changedOnce(byte[] body, Random random) {
        if (body.length < 2) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(body.length);
        int length = random.nextInt(1, Math.min(64, body.length - at + 1) + 1);
        var changed = new ByteArrayOutputStream();
        switch (random.nextInt(5)) {
            case 0 -> changed.write(body, 0, at);
            case 1 -> {
                changed.write(body, 0, at);
                changed.write(body, Math.min(body.length, at + length), body.length - Math.min(body.length, at + length));
            }
            case 2 -> {
                changed.write(body, 0, Math.min(body.length, at + length));
                changed.write(body, at, body.length - at);
            }
            default -> {
                byte[] flipped = body.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                changed.writeBytes(flipped);
            }
        }
        return changed.toByteArray();
    }
}
