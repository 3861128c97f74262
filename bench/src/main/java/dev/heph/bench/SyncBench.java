package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcClient;
import dev.heph.model.op.Parcel;
import dev.heph.testing.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;

/** A hub and its devices over real sockets; {@code --report} writes the table to docs/benchmarks.md too. */
public final class SyncBench {
    private static final int OPS = 100_000;
    private static final int A_SEGMENT = 1_000;
    private static final int SINGLES = 500;
    private static final int ARRIVING = 50_000;

    private final Table table = new Table("floor", "× floor");
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Workplace place;
    private final int port;

    private SyncBench(Workplace place) {
        this.place = place;
        port = FreePort.next();
    }

    public static void main(String[] arguments) throws Exception {
        Workplace place = Workplace.open("sync");
        Machine before = Machine.now(place.checkout());
        SyncBench bench = new SyncBench(place);
        bench.run();
        new Hubs(place.checkout()).beside(bench.table, OPS);
        Report.give("sync", place.checkout(), before, "", bench.table, Arrays.asList(arguments));
    }

    private void run() throws Exception {
        Renames renames = new Renames(7);
        long floor = Samples.once(once -> raw(place.file("raw.db")));
        try (Device hub = place.device("hub"); Device one = place.device("one"); Device two = place.device("two"); Device replaying = place.device("replaying");
                Device fresh = place.device("fresh")) {
            hub.heph("hub", "up", "--port", "" + port);
            sizes();
            for (Parcel parcel : renames.beginning()) {
                push(parcel);
            }
            leaves(replaying);
            pushed(renames, hub, floor);
            table.calls("one op pushed", 50, 2, Samples.of(500, SINGLES, round -> push(renames.next(1, 1))));
            joined("a device that is not fresh takes all, by replay, until all shows", 3_000, replaying);
            awaitSnapshot(hub);
            fresh.heph("up");
            joined("a fresh device takes %,d ops, by snapshot, until all shows".formatted(OPS + Renames.TASKS), 1_000, fresh);
            replaying.heph("down"); // six processes more than a person's machine has
            fresh.heph("down");
            both(one, two);
            two.heph("down");
            whileMuchArrives(renames, one);
        }
    }

    private void sizes() throws IOException {
        Renames renames = new Renames(9);
        renames.beginning();
        for (int together : new int[] {A_SEGMENT, 10, 1}) {
            byte[] bytes = renames.next(A_SEGMENT, together).write();
            table.fact("bytes an op, 1,000 a segment, %,d a bundle: plain and zipped".formatted(together),
                    String.format(Locale.ROOT, "%.0f, %.0f", bytes.length / (double) A_SEGMENT, zipped(bytes).length / (double) A_SEGMENT));
        }
        byte[] single = renames.next(1, 1).write();
        table.fact("bytes of a push of one op: plain and zipped", single.length + ", " + zipped(single).length);
    }

    private void pushed(Renames renames, Device hub, long floor) throws Exception {
        List<Parcel> parcels = new ArrayList<>();
        for (int ops = 0; ops < OPS; ops += A_SEGMENT) {
            parcels.add(renames.next(A_SEGMENT, A_SEGMENT));
        }
        try (RpcClient rpc = hub.connect()) {
            long nanos = Samples.once(once -> {
                for (Parcel parcel : parcels) {
                    push(parcel);
                }
            });
            table.time("100,000 ops pushed, 1,000 a segment, on disk and merged", 2_500, nanos, floor);
            table.fact("of these a second", "%,d".formatted(Math.round(OPS / (nanos / 1e9))));
            table.time("after that the first question, which shows all of them", 0, Samples.once(once -> Clients.call(rpc, "node.list", "limit", 1)), 0);
        }
    }

    /** With something of others it is not fresh any more. */
    private void leaves(Device device) throws Exception {
        device.heph("up");
        try (RpcClient rpc = device.connect()) {
            Clients.call(rpc, "hub.join", "url", url());
            inStep(rpc);
            Clients.call(rpc, "hub.leave");
        }
    }

    private static void awaitSnapshot(Device hub) throws Exception {
        while (!Files.exists(hub.data().resolve("snapshot/snapshot.json"))) {
            Thread.sleep(50);
        }
    }

    private void joined(String what, int goal, Device device) throws Exception {
        try (RpcClient rpc = device.connect()) {
            table.time(what, goal, Samples.once(once -> {
                Clients.call(rpc, "hub.join", "url", url());
                inStep(rpc);
            }), 0);
            table.time("a sync of nothing", 0, Samples.of(20, 100, round -> Clients.call(rpc, "sync.now")).median(), 0);
        }
    }

    private void both(Device one, Device two) throws Exception {
        for (Device device : List.of(one, two)) {
            device.heph("hub", "join", url());
        }
        try (RpcClient here = one.connect(); RpcClient there = two.connect(); Changes told = Changes.of(two.socket())) {
            inStep(here);
            inStep(there);
            String id = Clients.call(here, "node.create", "kind", "doc", "title", "Shared", "body", "0").at("id").text();
            awaitBody(told, there, id, "0");
            Samples visible = Samples.of(50, 200, round -> {
                Clients.call(here, "node.update", "id", id, "body", "edit " + round);
                awaitBody(told, there, id, "edit " + round);
            });
            table.calls("an edit on one device, until it is read on another", 95, 100, visible);
        }
    }

    private void whileMuchArrives(Renames renames, Device device) throws Exception {
        try (RpcClient rpc = device.connect()) {
            Samples quiet = Samples.of(50, SINGLES, round -> Clients.call(rpc, "task.create", "title", "here " + round));
            var arriving = new FutureTask<>(() -> {
                for (int ops = 0; ops < ARRIVING; ops += A_SEGMENT) {
                    push(renames.next(A_SEGMENT, 50));
                }
                return null;
            });
            Thread.ofPlatform().start(arriving);
            Samples busy = Samples.of(0, SINGLES, round -> Clients.call(rpc, "task.create", "title", "meanwhile " + round));
            arriving.get();
            table.calls("task.create while 50,000 ops arrive (floor: while none do)", 50, busy, quiet);
        }
    }

    /** Waits until a device holds what the hub holds. */
    private static void inStep(RpcClient rpc) throws Exception {
        Json status = Clients.call(rpc, "sync.status");
        while (status.at("pulled_n").isNull() || status.at("hub_n").isNull() || status.at("pulled_n").number() < status.at("hub_n").number()
                || !status.at("state").text().equals("idle")) {
            Thread.sleep(2);
            status = Clients.call(rpc, "sync.status");
        }
    }

    /** As an editor does: it is told of each change, and reads. */
    private static void awaitBody(Changes told, RpcClient rpc, String id, String body) throws Exception {
        do {
            told.await(id);
        } while (!Clients.call(rpc, "node.get", "id", id).at("body").text().equals(body));
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    private void push(Parcel parcel) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/sync/v1/push?space=personal"))
                .header("Content-Type", "application/cbor").header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped(parcel.write()))).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the hub answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** The floor: a row for the op and the row that it changes, 1,000 in a transaction, as durable as heph, by sqlite-jdbc alone. */
    private static void raw(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE ops (space INTEGER, device INTEGER, seq INTEGER, payload BLOB, PRIMARY KEY (space, device, seq)) WITHOUT ROWID");
            statement.execute("CREATE TABLE tips (space INTEGER, entity INTEGER, value TEXT, PRIMARY KEY (space, entity)) WITHOUT ROWID");
            connection.setAutoCommit(false);
            byte[] payload = new byte[60];
            try (PreparedStatement op = connection.prepareStatement("INSERT INTO ops VALUES (1, 1, ?, ?)");
                    PreparedStatement tip = connection.prepareStatement("INSERT OR REPLACE INTO tips VALUES (1, ?, ?)")) {
                for (int seq = 1; seq <= OPS; seq++) {
                    op.setInt(1, seq);
                    op.setBytes(2, payload);
                    op.executeUpdate();
                    tip.setInt(1, seq * 7919 % Renames.TASKS);
                    tip.setString(2, "Task renamed to " + seq);
                    tip.executeUpdate();
                    if (seq % A_SEGMENT == 0) {
                        connection.commit();
                    }
                }
            }
        }
    }
}
