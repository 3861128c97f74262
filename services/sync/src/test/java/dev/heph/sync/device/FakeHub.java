package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A hub in memory, with its store: pages of at most three ops, JSON where a real one sends CBOR. */
final class FakeHub implements Hub {
    static final int PAGE = 3;

    String epoch;
    /** What it says of itself. */
    ObjectNode digest = Json.object();
    byte[] snapshot;
    final List<FakeOp> order = new ArrayList<>();

    FakeHub(String epoch) {
        this.epoch = epoch;
    }

    void has(String device, int... seqs) {
        for (int seq : seqs) {
            order.add(new FakeOp(device, seq, device + seq));
        }
    }

    @Override
    public byte[] pull(JsonNode cursor, long known) {
        return pull(cursor.path("device").asText(), cursor.path("after").asText(), cursor.path("epoch").asText(), known);
    }

    byte[] pull(String device, String after, String theirEpoch, long known) {
        int from = 0;
        int asked = -1;
        for (String point : after.isEmpty() ? new String[0] : after.split(",")) {
            int n = Integer.parseInt(point.split(":")[0]);
            asked = Math.max(asked, n);
            if (n <= order.size() && FakeOp.chain(order.subList(0, n)).equals(point.split(":")[1])) {
                from = n;
                break;
            }
        }
        int to = Math.min(order.size(), from + PAGE);
        ObjectNode page = Json.object()
                .put("epoch", epoch)
                .put("from", from)
                .put("more", to < order.size())
                .put("n", to)
                .put("chain", FakeOp.chain(order.subList(0, to)))
                .put("hub_n", order.size())
                .put("rewound", !epoch.equals(theirEpoch) || from < asked)
                .put("ack", head(device));
        var ops = page.putArray("ops");
        for (FakeOp op : order.subList(from, to)) {
            boolean hash = op.device().equals(device) && op.seq() <= known;
            ops.add(hash ? op.toJson().put("hash", op.text().hashCode()).without("text") : op.toJson());
        }
        return Json.bytes(page);
    }

    @Override
    public JsonNode push(byte[] parcel) {
        JsonNode ops = Json.read(parcel).path("ops");
        List<FakeOp> taken = new ArrayList<>();
        Map<String, Long> heads = heads();
        for (JsonNode json : ops) {
            FakeOp op = FakeOp.of(json);
            long head = heads.getOrDefault(op.device(), 0L);
            if (op.seq() > head + 1 || op.seq() <= head && !order.contains(op)) {
                throw HubTrouble.conflict("it cannot take " + op.device() + op.seq() + " after " + head);
            }
            if (op.seq() == head + 1) {
                heads.put(op.device(), op.seq());
                taken.add(op);
            }
        }
        order.addAll(taken);
        return vector().put("applied", taken.size());
    }

    @Override
    public ObjectNode vector() {
        ObjectNode vector = Json.object().put("epoch", epoch).put("n", order.size()).put("chain", FakeOp.chain(order));
        var heads = vector.putArray("heads");
        heads().forEach((device, seq) -> heads.addObject().put("device", device).put("seq", seq));
        return vector;
    }

    @Override
    public JsonNode digest(boolean nodes) {
        return digest;
    }

    /** In the fakes a snapshot is its log, in parts of a few bytes. */
    @Override
    public Optional<JsonNode> snapshot() {
        return Optional.ofNullable(snapshot).map(bytes -> Json.object().put("sha256", sha256()).put("bytes", bytes.length).put("n", order.size()));
    }

    @Override
    public byte[] snapshotPart(String sha256, long from) {
        if (!sha256.equals(sha256())) {
            throw HubTrouble.conflict("it has another snapshot");
        }
        return Arrays.copyOfRange(snapshot, (int) from, (int) Math.min(snapshot.length, from + 40));
    }

    private String sha256() {
        return Integer.toHexString(Arrays.hashCode(snapshot));
    }

    /** Makes a snapshot of what it has. */
    void snaps() {
        ObjectNode all = Json.object().put("epoch", epoch).put("n", order.size()).put("chain", FakeOp.chain(order));
        var ops = all.putArray("ops");
        order.forEach(op -> ops.add(op.toJson()));
        snapshot = Json.bytes(all);
    }

    @Override
    public boolean greet() {
        return true;
    }

    @Override
    public void news(long after, Runnable opened, LongConsumer n) {
        throw new AssertionError("a cycle does not listen to news");
    }

    @Override
    public Optional<Duration> skew() {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private long head(String device) {
        return heads().getOrDefault(device, 0L);
    }

    private Map<String, Long> heads() {
        Map<String, Long> heads = new LinkedHashMap<>();
        order.forEach(op -> heads.merge(op.device(), op.seq(), Math::max));
        return heads;
    }
}
