package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Page;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Point;
import dev.heph.model.op.WireException;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Answers;
import dev.heph.runtime.Call;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Digest;
import dev.heph.store.exchange.AdmissionJson;
import dev.heph.store.exchange.HubLink;
import dev.heph.store.exchange.Parcels;
import dev.heph.store.exchange.Pulled;
import dev.heph.store.exchange.Pulled.Slice;
import dev.heph.store.log.Arrivals;
import dev.heph.store.log.Revocation;
import dev.heph.store.log.Unapplied;
import dev.heph.store.query.Db;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Replica.Taken;
import dev.heph.store.replica.Rights;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The methods {@code exchange.*}, by which sync moves bundles between this store and others. */
final class Exchanges {
    /** More than that at once is merged first and shown afterwards. */
    static final int AT_ONCE_OPS = 300;

    /** The more a transaction holds, the longer it takes to become durable, for which who comes then waits. */
    private static final int AT_ONCE_SLICES = 10;

    private final Transactions transactions;
    private final Replica replica;
    private final Db db;
    private final InstantSource clock;
    private final Arrivals arrivals;
    private final HubLink link;
    private final Parcels parcels;

    Exchanges(Transactions transactions, Replica replica, Db db, InstantSource clock) {
        this.transactions = transactions;
        this.replica = replica;
        this.db = db;
        this.clock = clock;
        this.arrivals = new Arrivals(replica.space());
        this.link = new HubLink(replica.space());
        this.parcels = new Parcels(replica.space());
    }

    Answers answers() {
        transactions.inside(replica::device); // which decides who this device is, for those who only read
        return new Answers().call("exchange.state", asked(params -> state()))
                .call("exchange.join", asked(this::join))
                .call("exchange.leave", asked(params -> noted(link::leave)))
                .call("exchange.synced", asked(params -> noted(tx -> link.synced(tx, clock.millis()))))
                .call("exchange.cursor", asked(params -> cursor()))
                .call("exchange.apply", request -> Answer.of(apply(request.body())))
                .call("exchange.acknowledged", asked(this::acknowledged))
                .call("exchange.offer", request -> Answer.raw(offer(new Params(request.params()))))
                .call("exchange.digest", asked(this::digest))
                .call("exchange.vector", asked(params -> vector(all -> {})));
    }

    private static Call asked(Function<Params, JsonNode> method) {
        return request -> Answer.of(method.apply(new Params(request.params())));
    }

    /** Makes this store a hub's, if it is not one yet. */
    void becomeHub(Id epoch) {
        transactions.inside(tx -> {
            arrivals.begin(tx, epoch);
            return null;
        });
    }

    /** How far the log has got: what this device wrote, and on a hub the number of the last arrival. */
    String howFar() {
        return db.read(tx -> Json.object().put("seq", parcels.head(tx, replica.device()).seq()).put("n", arrivals.last(tx).n())).toString();
    }

    private JsonNode state() {
        return db.read(tx -> {
            DeviceId own = replica.device();
            long seq = parcels.head(tx, own).seq();
            Point last = arrivals.last(tx);
            Optional<HubLink.State> hub = link.state(tx);
            long acknowledged = hub.map(state -> state.acknowledged(own)).orElse(0L);
            ObjectNode state = Json.object().put("mode", arrivals.epoch(tx).isPresent() ? "hub" : "device").put("device", own.toString())
                    .put("seq", seq).put("acked_seq", acknowledged).put("pending", seq - acknowledged).put("n", last.n()).put("chain", last.chain().toString());
            arrivals.epoch(tx).ifPresent(epoch -> state.put("epoch", epoch.toString()));
            state.set("hub", hub.map(Exchanges::json).orElse(null));
            state.put("unapplied", tx.first(Unapplied.LATER, row -> row.getLong(1), replica.space().num(), replica.space().num()).orElseThrow());
            state.put("conflicts", number(tx, "SELECT count(*) FROM conflicts WHERE space = ?"));
            Revocation.of(tx, replica.space(), own).ifPresent(revocation -> state.put("revoked", words(revocation)));
            state.set("skew", new Skew(replica.space(), clock).list(tx));
            return state;
        });
    }

    private long number(Tx tx, String sql) {
        return tx.first(sql, row -> row.getLong(1), replica.space().num()).orElseThrow();
    }

    private static JsonNode json(HubLink.State hub) {
        ObjectNode json = Json.object().put("url", hub.url()).put("n", hub.at().n()).put("chain", hub.at().chain().toString()).put("joined_at", hub.joined());
        hub.epoch().ifPresent(epoch -> json.put("epoch", epoch.toString()));
        hub.synced().ifPresent(at -> json.put("synced_at", at));
        return json;
    }

    private JsonNode join(Params params) {
        String url = params.text("url");
        return noted(tx -> {
            if (arrivals.epoch(tx).isPresent()) {
                throw new HephException(Reason.CONFLICT, "this is a hub: devices join it, it joins none");
            }
            link.join(tx, url, clock.millis());
        });
    }

    private JsonNode noted(Consumer<Tx> note) {
        transactions.inside(tx -> {
            note.accept(tx);
            return null;
        });
        return Json.object().put("ok", true);
    }

    private JsonNode cursor() {
        return db.read(tx -> {
            requireRight(tx);
            HubLink.State hub = link.require(tx);
            ObjectNode cursor = Json.object().put("device", replica.device().toString()).put("known", parcels.head(tx, replica.device()).seq())
                    .put("after", link.places(tx).stream().map(place -> place.n() + ":" + place.chain().toString()).collect(Collectors.joining(",")));
            hub.epoch().ifPresent(epoch -> cursor.put("epoch", epoch.toString()));
            if (hub.at().equals(Point.START)) {
                cursor.put("fresh", SnapshotCalls.isFresh(tx, replica.space().num(), replica.device()));
            }
            return cursor;
        });
    }

    /** Takes a page of the hub. */
    private JsonNode apply(byte[] body) {
        Page page = wire(() -> Page.read(body));
        Pulled pulled = new Pulled(page);
        record Checked(Pulled.Fit fit, long joined) {}
        wire(() -> db.read(tx -> pulled.verified(tx, replica.space()))); // while others write: a key that is known stays what it is
        Checked checked = wire(() -> transactions.inside(tx -> {
            replica.device(tx);
            return new Checked(pulled.check(tx, link, replica.log()), link.require(tx).joined());
        }));
        Pulled.Fit fit = checked.fit();
        ObjectNode answer = Json.object().put("own_differs", fit == Pulled.Fit.OWN_DIFFERS).put("rewound", fit == Pulled.Fit.REWOUND);
        int applied = 0;
        if (fit != Pulled.Fit.OWN_DIFFERS) {
            boolean later = page.more() || page.parcel().ops() > AT_ONCE_OPS;
            for (Iterator<Slice> slices = pulled.slices().iterator(); slices.hasNext();) {
                applied += wire(() -> take(page, slices, fit, checked.joined(), later)).ops();
            }
            if (!page.more()) {
                transactions.show();
            }
        }
        return answer.put("applied", applied).put("more", page.more()).put("n", page.from().n() + page.items().size()).put("hub_n", page.last());
    }

    /** One slice, and some of those after it for as long as nobody waits to write. */
    private Taken take(Page page, Iterator<Slice> slices, Pulled.Fit fit, long joined, boolean later) {
        return transactions.taken(later, tx -> {
            if (link.require(tx).joined() != joined) {
                throw new HephException(Reason.CONFLICT, "the page is of a hub that was left meanwhile");
            }
            Taken taken = take(tx, page, slices.next(), fit, later);
            for (int more = 1; more < AT_ONCE_SLICES && slices.hasNext() && !transactions.areAwaited(); more++) {
                taken = taken.and(take(tx, page, slices.next(), fit, later));
            }
            return taken;
        });
    }

    private Taken take(Tx tx, Page page, Slice slice, Pulled.Fit fit, boolean later) {
        DeviceId asked = replica.device(tx);
        if (fit == Pulled.Fit.REWOUND && slice.from().equals(page.from())) {
            link.rewind(tx, page.epoch(), page.from());
        } else if (!link.require(tx).at().equals(slice.from())) {
            throw new HephException(Reason.CONFLICT, "another page was taken meanwhile");
        }
        Taken taken = replica.take(tx, slice.parcel(), later);
        link.passed(tx, slice.to());
        if (slice.last()) {
            if (slice.to().n() > page.from().n()) {
                link.keep(tx, slice.to());
            }
            acknowledge(tx, asked, page.acknowledged());
        }
        return taken;
    }

    /** A head that is not in the log here is of another's writing under this id. */
    private void acknowledge(Tx tx, DeviceId asked, Head head) {
        boolean own = asked.equals(replica.device(tx));
        boolean here = head.equals(Head.START) || replica.log().chainAt(tx, asked, head.seq()).equals(Optional.of(head.chain()));
        if (own && here) {
            link.acknowledge(tx, asked, head.seq());
        }
    }

    private JsonNode acknowledged(Params params) {
        Map<DeviceId, Head> heads = heads(params.json("heads").orElse(Json.MAPPER.createArrayNode()));
        return wire(() -> transactions.inside(tx -> {
            DeviceId own = replica.device(tx);
            Optional.ofNullable(heads.get(own)).ifPresent(head -> {
                passOwn(tx, own, head, params);
                acknowledge(tx, own, head);
            });
            params.json("admissions").ifPresent(said -> said.forEach(one -> new Rights(replica, tx).admitted(AdmissionJson.read(one))));
            HubLink.State hub = link.require(tx);
            return Json.object().put("pending", parcels.head(tx, own).seq() - hub.acknowledged(own)).put("n", hub.at().n());
        }));
    }

    /** If nothing but what was just pushed has come to the hub since this device was there, all that it has is here. */
    private void passOwn(Tx tx, DeviceId own, Head head, Params answer) {
        HubLink.State hub = link.require(tx);
        Point end = hub.at();
        for (Bytes32 chain : replica.log().chains(tx, own, hub.acknowledged(own), head.seq())) {
            end = end.next(chain);
        }
        boolean sameHub = hub.epoch().map(Id::toString).equals(answer.maybeText("epoch"));
        if (sameHub && end.n() > hub.at().n() && answer.maybeText("chain").equals(Optional.of(end.chain().toString()))) {
            link.passed(tx, end);
            link.keep(tx, end);
        }
    }

    /** The next parcel for the hub: of what a vector lacks, or of this device's own since the acknowledgement; no bytes when there is none. */
    private byte[] offer(Params params) {
        Optional<Map<DeviceId, Head>> vector = params.json("heads").map(Exchanges::heads);
        Parcel parcel = db.read(tx -> {
            requireRight(tx);
            return vector.isPresent()
                    ? parcels.lacking(tx, vector.get(), replica.key())
                    : parcels.own(tx, link.require(tx).acknowledged(replica.device()), replica.key());
        });
        return parcel.isEmpty() ? new byte[0] : parcel.write();
    }

    /** A device that was revoked has nothing to do with any hub: it would be refused. */
    private void requireRight(Tx tx) {
        Revocation.of(tx, replica.space(), replica.device()).ifPresent(revocation -> {
            throw new HephException(Reason.REVOKED, words(revocation));
        });
    }

    private static String words(Revocation revocation) {
        return revocation + "; that is this device, so it syncs no more, with any hub. Everything stays here. To take part again: heph export DIR, then heph import DIR in a new"
                + " home (HEPH_HOME=NEW) that joins the hub";
    }

    /** What is here, in hashes: equal on two replicas that hold the same. {@code heads} says whether they do. */
    private JsonNode digest(Params params) {
        boolean nodes = params.flag("nodes", false);
        Optional<JsonNode> digest = Optional.empty();
        while (digest.isEmpty()) {
            transactions.show();
            digest = db.read(tx -> tx.first("SELECT 1 FROM unshown LIMIT 1", row -> true).isPresent() ? Optional.empty() : Optional.of(digest(tx, nodes)));
        }
        return digest.get();
    }

    private ObjectNode digest(Tx tx, boolean nodes) {
        StringBuilder heads = new StringBuilder();
        parcels.counting(tx).forEach((device, head) -> heads.append(device).append(' ').append(head.seq()).append(' ').append(head.chain()).append('\n'));
        ObjectNode digest = Json.object().put("heads", Bytes32.sha256(heads.toString().getBytes(StandardCharsets.UTF_8)).toString());
        ObjectNode tables = digest.putObject("tables");
        Digest.ofFacts(tx).forEach(tables::put);
        if (nodes) {
            ObjectNode each = digest.putObject("nodes");
            Digest.byEntity(tx).forEach((entity, hash) -> each.put(entity.toString(), hash));
        }
        return digest;
    }

    /** How far these devices have got here, and the order of arrival, if this is a hub. */
    ObjectNode heads(Set<DeviceId> devices) {
        return vector(heads -> heads.keySet().retainAll(devices));
    }

    /** @param selection leaves those that are asked for */
    private ObjectNode vector(Consumer<Map<DeviceId, Head>> selection) {
        return db.read(tx -> {
            Point last = arrivals.last(tx);
            Map<DeviceId, Head> heads = parcels.heads(tx);
            selection.accept(heads);
            ObjectNode vector = Json.object().put("n", last.n()).put("chain", last.chain().toString());
            arrivals.epoch(tx).ifPresent(epoch -> vector.put("epoch", epoch.toString()));
            ArrayNode list = vector.putArray("heads");
            heads.forEach((device, head) -> list.addObject().put("device", device.toString()).put("seq", head.seq()).put("chain", head.chain().toString()));
            return vector;
        });
    }

    private static Map<DeviceId, Head> heads(JsonNode list) {
        Map<DeviceId, Head> heads = new TreeMap<>();
        try {
            list.forEach(head -> heads.put(new DeviceId(Id.parse(head.path("device").asText()).orElseThrow()),
                    new Head(head.path("seq").asLong(), Bytes32.parse(head.path("chain").asText()))));
        } catch (RuntimeException e) {
            throw new HephException(Reason.INVALID_PARAMS, "'heads' is a list of {device, seq, chain}", e);
        }
        return heads;
    }

    /** Bytes that are not what they claim to be are the sender's fault. */
    static <T> T wire(Supplier<T> work) {
        try {
            return work.get();
        } catch (WireException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
    }
}
