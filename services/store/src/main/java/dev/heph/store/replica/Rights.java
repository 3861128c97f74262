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
import java.util.OptionalLong;
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

    /** Whether a device is this hub itself, or has shown what it was told. */
    public boolean isAdmitted(DeviceId device) {
        return device.equals(replica.device(tx)) || admissions(device).anyMatch(admission -> admission.hub().equals(replica.key().publicKey()));
    }

    /** What a hub says to a device that has nothing of it to show yet: that its key came to it, now. */
    public Admission admission(DeviceId device) {
        return Admission.sign(device, replica.key(), replica.nowMillis());
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
     * @param shown the number of the last op that who decided was shown of it, if that was so
     * @throws HephException {@link Reason#CONFLICT} for this device itself, and where there is more than was shown; {@link Reason#REVOKED} if
     *     this device may not write any more
     */
    public void revoke(DeviceId device, OptionalLong shown) {
        if (device.equals(replica.device(tx))) {
            throw new HephException(Reason.CONFLICT, "a device cannot revoke itself: do it on another one; to stop syncing this one: heph hub leave");
        }
        if (replica.devices().ended(tx, replica.device(tx)).isPresent()) {
            throw new HephException(Reason.REVOKED, "this device was revoked itself, so it revokes nobody: do it on another one");
        }
        if (replica.devices().ended(tx, device).isEmpty()) {
            Head last = replica.devices().head(tx, device);
            if (shown.isPresent() && shown.getAsLong() != last.seq()) {
                throw new HephException(Reason.CONFLICT, "something else of that device has come here meanwhile, so nothing was revoked: look again: heph devices");
            }
            replica.say(tx, List.of(new Op.DeviceRevoke(device, last)));
        }
    }
}
