package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A device's store in memory, as far as an exchange sees it: parcels of at most three ops. Everything it keeps would be on disk. */
final class FakeStore implements Store {
    static final int PARCEL = 3;

    String device;
    /** What it says of itself. */
    ObjectNode digest = Json.object();

    final List<FakeOp> log = new ArrayList<>();
    private long acked;
    private String epoch = "";
    /** Every point passed, by number; the last is the cursor. */
    private final TreeMap<Long, String> points = new TreeMap<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private String adopting = "";
    /** Whether it finds every snapshot wanting. */
    boolean unfit;
    int adoptions;
    int synced;
    Optional<URI> hub = Optional.empty();

    FakeStore(String device) {
        this.device = device;
    }

    void writes(int count) {
        for (int i = 0; i < count; i++) {
            long seq = own().size() + 1L;
            log.add(new FakeOp(device, seq, device + seq));
        }
    }

    List<FakeOp> own() {
        return log.stream().filter(op -> op.device().equals(device)).toList();
    }

    @Override
    public JsonNode state() {
        ObjectNode state = Json.object().put("device", device).put("pending", own().size() - acked).put("unapplied", 0).put("conflicts", 0);
        state.putArray("skew");
        hub.ifPresentOrElse(url -> state.putObject("hub").put("url", url.toString()).put("n", n()), () -> state.putNull("hub"));
        return state;
    }

    @Override
    public void join(URI url) {
        hub = Optional.of(url);
    }

    @Override
    public void leave() {
        hub = Optional.empty();
    }

    @Override
    public JsonNode cursor() {
        var after = points.descendingMap().entrySet().stream().map(point -> point.getKey() + ":" + point.getValue()).toList();
        return Json.object().put("device", device).put("known", own().size()).put("epoch", epoch).put("after", String.join(",", after))
                .put("fresh", points.isEmpty() && own().size() == log.size());
    }

    @Override
    public JsonNode apply(byte[] bytes) {
        JsonNode page = Json.read(bytes);
        List<FakeOp> fresh = new ArrayList<>();
        boolean differs = false;
        boolean forked = false;
        for (JsonNode json : page.path("ops")) {
            FakeOp op = FakeOp.of(json);
            Optional<FakeOp> mine = log.stream().filter(other -> other.device().equals(op.device()) && other.seq() == op.seq()).findFirst();
            if (mine.isEmpty()) {
                fresh.add(op);
            }
            differs |= json.has("hash") && mine.filter(other -> other.text().hashCode() == json.path("hash").asInt()).isEmpty();
            forked |= !json.has("hash") && op.device().equals(device) && mine.filter(op::equals).isEmpty();
        }
        if (differs) {
            return Json.object().put("own_differs", true);
        }
        if (forked) {
            part(page);
        }
        fresh.removeIf(log::contains);
        log.addAll(fresh);
        epoch = page.path("epoch").asText();
        points.tailMap(page.path("from").asLong(), false).clear();
        points.put(page.path("n").asLong(), page.path("chain").asText());
        acked = forked ? 0 : page.path("ack").asLong();
        return Json.object()
                .put("applied", fresh.size())
                .put("more", page.path("more").asBoolean())
                .put("n", page.path("n").asLong())
                .put("hub_n", page.path("hub_n").asLong())
                .put("rewound", page.path("rewound").asBoolean())
                .put("own_differs", false);
    }

    /** Somebody else writes under this id: what of it is only here goes on under a new one. */
    private void part(JsonNode page) {
        List<FakeOp> theirs = new ArrayList<>();
        page.path("ops").forEach(json -> theirs.add(FakeOp.of(json)));
        String old = device;
        List<FakeOp> only = own().stream().filter(op -> op.seq() > 1 && !theirs.contains(op)).toList();
        log.removeAll(only);
        device = old + "'";
        for (FakeOp op : only) {
            log.add(new FakeOp(device, own().size() + 1L, op.text()));
        }
        theirs.stream().filter(op -> !log.contains(op)).forEach(log::add);
    }

    @Override
    public long adoptBegin(JsonNode snapshot) {
        if (!snapshot.path("sha256").asText().equals(adopting)) {
            adopting = snapshot.path("sha256").asText();
            parts.reset();
        }
        return parts.size();
    }

    @Override
    public long adoptPart(long from, byte[] bytes) {
        if (from == parts.size()) {
            parts.writeBytes(bytes);
        }
        return parts.size();
    }

    @Override
    public void adopt() {
        if (adopting.isEmpty()) {
            throw new HephException(Reason.CONFLICT, "no snapshot is being taken");
        }
        adopting = "";
        adoptions++;
        if (unfit) {
            throw new HephException(Reason.INVALID_PARAMS, "it does not hold");
        }
        JsonNode all = Json.read(parts.toByteArray());
        List<FakeOp> own = own();
        log.clear();
        all.path("ops").forEach(op -> log.add(FakeOp.of(op)));
        log.addAll(own);
        epoch = all.path("epoch").asText();
        points.put(all.path("n").asLong(), all.path("chain").asText());
    }

    @Override
    public byte[] offer() {
        return parcel(own().stream().filter(op -> op.seq() > acked).toList());
    }

    @Override
    public byte[] offer(Heads heads) {
        return parcel(log.stream().filter(op -> op.seq() > head(heads.toJson(), op.device())).toList());
    }

    @Override
    public JsonNode acknowledged(JsonNode answer) {
        acked = Math.max(acked, head(answer.path("heads"), device));
        return Json.object().put("n", n());
    }

    @Override
    public JsonNode digest(boolean nodes) {
        return digest;
    }

    @Override
    public String title(String id) {
        return "title of " + id;
    }

    @Override
    public void synced() {
        synced++;
    }

    private long n() {
        return points.isEmpty() ? 0 : points.lastKey();
    }

    private static long head(JsonNode heads, String device) {
        long seq = 0;
        for (JsonNode head : heads) {
            seq = head.path("device").asText().equals(device) ? head.path("seq").asLong() : seq;
        }
        return seq;
    }

    private static byte[] parcel(List<FakeOp> ops) {
        if (ops.isEmpty()) {
            return new byte[0];
        }
        ObjectNode parcel = Json.object();
        ArrayNode array = parcel.putArray("ops");
        ops.stream().limit(PARCEL).forEach(op -> array.add(op.toJson()));
        return Json.bytes(parcel);
    }
}
