package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Admission;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Page;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Point;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Answers;
import dev.heph.store.command.Params;
import dev.heph.store.exchange.AdmissionJson;
import dev.heph.store.exchange.Pages;
import dev.heph.store.log.Arrivals;
import dev.heph.store.query.Db;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Replica.Taken;
import dev.heph.store.replica.Rights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The methods {@code exchange.*} by which devices get from a hub and give to it. */
final class HubExchanges {
    private final Transactions transactions;
    private final Replica replica;
    private final Db db;
    private final Arrivals arrivals;
    private final Pages pages;
    private final Visits visits;
    private final Function<Set<DeviceId>, ObjectNode> heads;
    private final Runnable whenTaken;
    private final Set<DeviceId> admitted = ConcurrentHashMap.newKeySet(); // that have shown so in the log
    private final Map<DeviceId, Admission> told = new ConcurrentHashMap<>(); // that have not shown it: a signature each, not one for each parcel

    /**
     * @param heads how far devices have got here
     * @param whenTaken what is done when something was taken
     */
    HubExchanges(Transactions transactions, Replica replica, Db db, Visits visits, Function<Set<DeviceId>, ObjectNode> heads, Runnable whenTaken) {
        this.transactions = transactions;
        this.replica = replica;
        this.db = db;
        this.arrivals = new Arrivals(replica.space());
        this.pages = new Pages(replica.space());
        this.visits = visits;
        this.heads = heads;
        this.whenTaken = whenTaken;
    }

    Answers answering(Answers others) {
        return others.call("exchange.page", request -> Answer.raw(page(new Params(request.params()))))
                .call("exchange.take", request -> Answer.of(take(request.body())));
    }

    private byte[] page(Params params) {
        List<Point> after = Arrays.stream(params.text("after").split(",")).filter(text -> !text.isEmpty()).map(HubExchanges::point).toList();
        DeviceId asking = params.device("device");
        long known = params.number("known", 0, 0, Long.MAX_VALUE);
        int limit = (int) params.number("limit", Parcel.MAX_OPS, 1, Page.MAX_OPS);
        Page page = db.read(tx -> pages.page(tx, after, asking, known, limit, replica.key()));
        visits.pulled(asking, page.from().n(), page.from().n() + page.items().size());
        return page.write();
    }

    /** Takes a parcel of a device, or of several that it forwards. */
    private JsonNode take(byte[] body) {
        Parcel parcel = Exchanges.wire(() -> Parcel.read(body));
        boolean later = parcel.ops() > Exchanges.AT_ONCE_OPS;
        Taken taken = Exchanges.wire(() -> transactions.taken(later, tx -> {
            arrivals.epoch(tx).orElseThrow(() -> new HephException(Reason.CONFLICT, "this is a device, not a hub"));
            replica.device(tx);
            parcel.verify(device -> replica.devices().key(tx, device));
            new Rights(replica, tx).require(parcel);
            return replica.take(tx, parcel, later);
        }));
        whenTaken.run();
        Set<DeviceId> authors = parcel.byDevice().keySet();
        visits.pushed(authors);
        ObjectNode answer = heads.apply(authors);
        List<JsonNode> admissions = admissions(authors);
        if (!admissions.isEmpty()) {
            answer.putArray("admissions").addAll(admissions);
        }
        return answer.put("applied", taken.ops());
    }

    /** What this hub has to say of devices that have nothing of it to show yet. */
    private List<JsonNode> admissions(Set<DeviceId> devices) {
        List<DeviceId> unsure = devices.stream().filter(device -> !admitted.contains(device)).toList();
        return unsure.isEmpty() ? List.of() : transactions.inside(tx -> {
            Rights rights = new Rights(replica, tx);
            List<JsonNode> said = new ArrayList<>();
            unsure.forEach(device -> {
                if (rights.isAdmitted(device)) {
                    admitted.add(device);
                    told.remove(device);
                } else {
                    said.add(AdmissionJson.of(told.computeIfAbsent(device, rights::admission)));
                }
            });
            return said;
        });
    }

    private static Point point(String text) {
        int colon = text.indexOf(':');
        try {
            return new Point(Long.parseLong(text.substring(0, colon)), Bytes32.parse(text.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw new HephException(Reason.INVALID_PARAMS, "'after' is a list of places, as N:H with 64 hexadecimal digits", e);
        }
    }
}
