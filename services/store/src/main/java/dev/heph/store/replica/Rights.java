package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Admission;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Op;
import dev.heph.model.op.Parcel;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Admissions;
import dev.heph.store.log.Revocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may write in a space, within one transaction ("device keys" in docs/design/auth.md). */
public final class Rights {
    private final Replica replica;
    private final Tx tx;

    public Rights(Replica replica, Tx tx) {
        this.replica = replica;
        this.tx = tx;
    }

    /**
     * Refuses what a device wrote after its right to write had ended; what is here already may come again.
     *
     * @throws HephException {@link Reason#REVOKED}, also for what others forward
     */
    public void require(Parcel parcel) {
        parcel.bundles().forEach(bundle -> {
            Header header = bundle.header();
            Optional<Head> end = replica.devices().ended(tx, header.device());
            if (end.isPresent() && header.firstSeq() > end.get().seq() && header.lastSeq() > replica.devices().head(tx, header.device()).seq()) {
                throw refusal(header.device());
            }
        });
    }

    private HephException refusal(DeviceId device) {
        Revocation revocation = Revocation.of(tx, replica.space(), device).orElseThrow();
        return new HephException(Reason.REVOKED, revocation.toString(), Map.of("device", device.toString(), "last", revocation.last()));
    }

    /** What a hub says to a device that has nothing of it to show yet: that its key came to it, now. */
    public Optional<Admission> admission(DeviceId device) {
        boolean shown = device.equals(replica.device(tx)) || admissions(device).anyMatch(admission -> admission.hub().equals(replica.key().publicKey()));
        return shown ? Optional.empty() : Optional.of(Admission.sign(device, replica.key(), replica.nowMillis()));
    }

    /** Keeps what a hub says of this device, once. */
    public void admitted(Admission admission) {
        if (admission.device().equals(replica.device(tx)) && admissions(admission.device()).noneMatch(known -> known.hub().equals(admission.hub()))) {
            replica.say(tx, List.of(new Op.DeviceAdmit(admission.verified())));
        }
    }

    private Stream<Admission> admissions(DeviceId device) {
        return Admissions.of(tx, replica.space(), device).stream();
    }

    /** Gives this device another name. */
    public void rename(String name) {
        replica.say(tx, List.of(new Op.DeviceEnrol(replica.key().publicKey(), name)));
    }

    /**
     * Ends another device's right to write after what is here of it.
     *
     * @throws HephException {@link Reason#CONFLICT} for this device itself
     */
    public void revoke(DeviceId device) {
        if (device.equals(replica.device(tx))) {
            throw new HephException(Reason.CONFLICT, "a device cannot revoke itself: do it on another one; to stop syncing this one: heph hub leave");
        }
        if (replica.devices().ended(tx, device).isEmpty()) {
            replica.say(tx, List.of(new Op.DeviceRevoke(device, replica.devices().head(tx, device))));
        }
    }
}
