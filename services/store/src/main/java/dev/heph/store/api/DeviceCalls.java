package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Head;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.db.Tx;
import dev.heph.store.query.DeviceList;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Rights;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The methods {@code device.*}: who writes in this space, under which name, and who may not any more. */
final class DeviceCalls {
    private static final int LONGEST_NAME = 100;

    private final Transactions transactions;
    private final Replica replica;
    private final DeviceList devices;

    DeviceCalls(Transactions transactions, Replica replica, DeviceList devices) {
        this.transactions = transactions;
        this.replica = replica;
        this.devices = devices;
    }

    JsonNode list() {
        return devices.all(replica.device());
    }

    /** A device names itself: of two names that two others gave it neither would be right. */
    JsonNode name(Params params, String client) {
        DeviceId device = params.device("id");
        String name = params.text("name").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new HephException(Reason.INVALID_PARAMS, "a device's name is one line of 1 to " + LONGEST_NAME + " letters");
        }
        return said(device, client, tx -> {
            if (!device.equals(replica.device(tx))) {
                throw new HephException(Reason.CONFLICT, "a device names itself: do it on that one");
            }
            new Rights(replica, tx).rename(name);
        });
    }

    JsonNode revoke(Params params, String client) {
        DeviceId device = params.device("id");
        long shown = params.number("last_seq", -1, 0, Long.MAX_VALUE);
        return said(device, client, tx -> new Rights(replica, tx).revoke(device, shown < 0 ? OptionalLong.empty() : OptionalLong.of(shown)));
    }

    /** What the list says of a device when something was said of it. */
    private JsonNode said(DeviceId device, String client, Consumer<Tx> what) {
        transactions.said(client, tx -> {
            if (replica.device(tx).equals(device) || !replica.devices().head(tx, device).equals(Head.START)) {
                what.accept(tx);
                return;
            }
            throw new HephException(Reason.NOT_FOUND, "no device " + device + " has written anything here. Look: heph devices");
        });
        for (JsonNode one : list()) {
            if (one.path("id").asText().equals(device.toString())) {
                return one;
            }
        }
        return Json.object();
    }
}
