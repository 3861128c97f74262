package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcClient;
import dev.heph.provider.FakeProvider;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a login costs: the same device's ops to a hub that asks for none and to one that does, in turns, and a request of each. The provider
 * is a stand-in, asked once for its keys. {@code --report} writes the table to docs/benchmarks.md too.
 */
public final class LoginBench {
    private static final int TASKS = 5_000;
    private static final int TURNS = 5;
    private static final int CALLS = 500;

    /** A hub answers one person's devices so often and no oftener. */
    private static final int REST_MILLIS = 12;
    private static final double SHARE_OF_THROUGHPUT = 0.9;
    private static final double MOST_OF_A_REQUEST_MS = 0.2;

    private final Table table = new Table("without", "× without");
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Workplace place;
    private final FakeProvider provider;

    private LoginBench(Workplace place, FakeProvider provider) {
        this.place = place;
        this.provider = provider;
    }

    public static void main(String[] arguments) throws Exception {
        Workplace place = Workplace.open("login");
        Machine before = Machine.now(place.checkout());
        try (FakeProvider provider = FakeProvider.start()) {
            LoginBench bench = new LoginBench(place, provider);
            bench.run();
            Report.give("login", place.checkout(), before, "", bench.table, Arrays.asList(arguments));
        }
    }

    /** @param first the first request, before anything else; {@code all} how long until the hub has what the device has */
    private record Sending(long first, long all) {}

    private void run() throws Exception {
        Path full = full();
        Sending[] without = new Sending[TURNS];
        Sending[] with = new Sending[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            without[turn] = sent(full, "open" + turn, Optional.empty());
            with[turn] = sent(full, "closed" + turn, Optional.of(token()));
        }
        table.time("the first request of the first person to a hub with a login, median of %d".formatted(TURNS), 0, median(with, Sending::first),
                median(without, Sending::first));
        long usual = median(without, Sending::all);
        table.time("all ops of %,d tasks sent to a hub with a login, median of %d".formatted(TASKS, TURNS), usual / SHARE_OF_THROUGHPUT / 1e6,
                median(with, Sending::all), usual);
        requests();
    }

    private static long median(Sending[] sendings, ToLongFunction<Sending> figure) {
        return Arrays.stream(sendings).mapToLong(figure).sorted().toArray()[TURNS / 2];
    }

    /** @return the home of a device with much to send, which does not run */
    private Path full() throws Exception {
        Path file = TaskFile.write(place.file("tasks.json"), TASKS, 7);
        Device device = place.device("full");
        device.heph("import", "--from", "taskwarrior", file.toString());
        device.heph("down");
        return place.file("full");
    }

    private String token() {
        return provider.tokens("ada").good();
    }

    /** In nanoseconds. A hub makes a person's database and fetches the provider's keys at the first request: once, so it is a figure of its own. */
    private Sending sent(Path full, String name, Optional<String> token) throws Exception {
        copy(full, place.file(name));
        try (Device hub = place.device(name + "-hub"); Device device = place.device(name)) {
            String url = up(hub, token);
            if (token.isPresent()) {
                Path secret = Files.writeString(place.file(name + ".token"), token.get());
                device.setting("token_command", "cat " + secret);
            }
            HttpRequest.Builder request = vector(url);
            token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
            long first = Samples.once(once -> ask(request.build()));
            device.heph("up");
            try (RpcClient rpc = device.connect()) {
                return new Sending(first, Samples.once(once -> {
                    Clients.call(rpc, "hub.join", "url", url);
                    awaitSent(rpc);
                }));
            }
        }
    }

    private String up(Device hub, Optional<String> token) throws Exception {
        int port = FreePort.next();
        if (token.isPresent()) {
            hub.setting("auth.issuer", provider.issuer().toString());
        }
        hub.heph("hub", "up", "--port", "" + port);
        return "http://127.0.0.1:" + port;
    }

    private static void awaitSent(RpcClient rpc) throws Exception {
        Json status = Clients.call(rpc, "sync.status");
        while (!status.at("state").text().equals("idle") || status.at("pending_ops").isNull() || status.at("pending_ops").number() > 0
                || status.at("last_success").isNull()) {
            Thread.sleep(2);
            status = Clients.call(rpc, "sync.status");
        }
    }

    /** A question that costs the hub little itself. */
    private void requests() throws Exception {
        try (Device open = place.device("asked-open"); Device closed = place.device("asked-closed")) {
            String token = token();
            HttpRequest.Builder without = vector(up(open, Optional.empty()));
            HttpRequest.Builder with = vector(up(closed, Optional.of(token))).header("Authorization", "Bearer " + token);
            long[] freeNanos = new long[CALLS];
            long[] askedNanos = new long[CALLS];
            for (int call = -CALLS; call < CALLS; call++) { // in turns: what the machine does beside it, both feel
                Thread.sleep(REST_MILLIS);
                freeNanos[Math.max(call, 0)] = Samples.once(once -> ask(without.build()));
                askedNanos[Math.max(call, 0)] = Samples.once(once -> ask(with.build()));
            }
            Arrays.sort(freeNanos);
            Arrays.sort(askedNanos);
            Samples free = new Samples(freeNanos);
            Samples asked = new Samples(askedNanos);
            table.calls("a request to a hub with a login", 0, asked, free);
            double added = (asked.median() - free.median()) / 1e6;
            table.fact("what the login adds to its median (goal ≤ %.1f ms)".formatted(MOST_OF_A_REQUEST_MS), String.format(Locale.ROOT, "%.2f ms", added));
        }
    }

    private static HttpRequest.Builder vector(String url) {
        return HttpRequest.newBuilder(URI.create(url + "/sync/v1/vector?space=personal")).GET();
    }

    private void ask(HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the hub answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(file -> Files.isDirectory(file) || Files.isRegularFile(file)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
