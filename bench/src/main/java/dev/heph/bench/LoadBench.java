package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcClient;
import dev.heph.model.op.Parcel;
import dev.heph.provider.FakeProvider;
import dev.heph.testing.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

/**
 * A hub with a login and 200 devices of 20 people for a minute: each renames one of its tasks about every two seconds and asks the hub how far
 * it is. In the end the hub has what it acknowledged. {@code --report} writes the table to docs/benchmarks.md too.
 */
public final class LoadBench {
    private static final int PEOPLE = 20;
    private static final int DEVICES_EACH = 10;
    private static final int TASKS = 20;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final int PACE_MILLIS = 2_000;
    private static final int TOO_MANY = 429;

    private final Table table = new Table("", "");
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final FakeProvider provider;

    private LoadBench(String url, FakeProvider provider) {
        this.url = url;
        this.provider = provider;
    }

    public static void main(String[] arguments) throws Exception {
        Workplace place = Workplace.open("load");
        Machine before = Machine.now(place.checkout());
        try (FakeProvider provider = FakeProvider.start(); Device hub = place.device("hub")) {
            int port = FreePort.next();
            hub.setting("auth.issuer", provider.issuer().toString());
            hub.heph("hub", "up", "--port", "" + port);
            LoadBench bench = new LoadBench("http://127.0.0.1:" + port, provider);
            bench.run(hub);
            Report.give("load", place.checkout(), before, "", bench.table, Arrays.asList(arguments));
        }
    }

    /** What one device was acknowledged, and how long that took each time, in nanoseconds. */
    private record Worked(String device, long seq, List<Long> pushes, List<Long> questions, int told) {}

    private void run(Device hub) throws Exception {
        List<Worked> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Worked>> working = new ArrayList<>();
            for (int device = 0; device < PEOPLE * DEVICES_EACH; device++) {
                int number = device + 1;
                working.add(threads.submit(() -> work(number)));
            }
            for (Future<Worked> one : working) {
                all.add(one.get());
            }
        }
        table.calls("one op pushed", samples(all.stream().flatMap(one -> one.pushes().stream()).toList()));
        table.calls("how far the hub is", samples(all.stream().flatMap(one -> one.questions().stream()).toList()));
        long ops = all.stream().mapToLong(Worked::seq).sum();
        table.fact("ops acknowledged, and stored", "%,d, %,d".formatted(ops, stored(hub, all)));
        table.fact("times that a device was told to come back later", "" + all.stream().mapToInt(Worked::told).sum());
        for (String service : Device.SERVICES) {
            table.memory("memory of " + service, 0, hub.memory(service));
        }
    }

    private Worked work(int number) throws Exception {
        Random random = new Random(number);
        Renames renames = new Renames(number, TASKS);
        Sender sender = new Sender("person" + number % PEOPLE);
        Thread.sleep(random.nextInt(PACE_MILLIS)); // nobody begins at the same moment as everybody
        long seq = 0;
        for (Parcel parcel : renames.beginning()) {
            sender.push(parcel);
            seq += TASKS + 1;
        }
        List<Long> pushes = new ArrayList<>();
        List<Long> questions = new ArrayList<>();
        for (long end = System.nanoTime() + LENGTH.toNanos(); System.nanoTime() < end;) {
            Thread.sleep(PACE_MILLIS / 2 + random.nextInt(PACE_MILLIS));
            Parcel parcel = renames.next(1, 1);
            pushes.add(Samples.once(once -> sender.push(parcel)));
            seq++;
            questions.add(Samples.once(once -> sender.ask()));
        }
        return new Worked(renames.device(), seq, pushes, questions, sender.told);
    }

    private static Samples samples(List<Long> nanos) {
        return new Samples(nanos.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** What the hub has of those devices; every one has to be there to the last op. */
    private static long stored(Device hub, List<Worked> all) throws Exception {
        Map<String, Long> stored = new HashMap<>();
        try (RpcClient rpc = hub.connect()) {
            for (Json device : Clients.call(rpc, "hub.devices").list()) {
                stored.put(device.at("id").text(), device.at("seq").number());
            }
        }
        for (Worked one : all) {
            if (stored.getOrDefault(one.device(), 0L) != one.seq()) {
                throw new IllegalStateException(one.device() + " was acknowledged " + one.seq() + " ops, and the hub has " + stored.get(one.device()));
            }
        }
        return stored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One device's requests; it comes back when it is told to. */
    private final class Sender {
        private final String token;
        private int told;

        private Sender(String person) {
            token = provider.tokens(person).good();
        }

        void push(Parcel parcel) throws Exception {
            var zipped = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(zipped)) {
                out.write(parcel.write());
            }
            send(() -> to("/sync/v1/push?space=personal").header("Content-Type", "application/cbor").header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray())).build());
        }

        void ask() throws Exception {
            send(() -> to("/sync/v1/vector?space=personal").GET().build());
        }

        private HttpRequest.Builder to(String path) {
            return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
        }

        /** Makes a request anew each time: one is sent once. */
        private interface Asking {
            HttpRequest request() throws IOException;
        }

        private void send(Asking asking) throws Exception {
            HttpResponse<String> answer = http.send(asking.request(), HttpResponse.BodyHandlers.ofString());
            while (answer.statusCode() == TOO_MANY) {
                told++;
                Thread.sleep(1_000 * answer.headers().firstValueAsLong("Retry-After").orElse(1));
                answer = http.send(asking.request(), HttpResponse.BodyHandlers.ofString());
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the hub answers " + answer.statusCode() + ": " + answer.body());
            }
        }
    }
}
