package dev.heph.model.op;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A hub's word that a device's key came to it as one of the person whose space it is ("device keys" in docs/design/auth.md).
 *
 * @param device its id, which follows from its key
 * @param hub the hub's public key in that space
 * @param at when, in epoch milliseconds by the hub's clock
 * @param signature by the hub's key over device and time
 */
public record Admission(DeviceId device, Bytes32 hub, long at, byte[] signature) {
    public Admission {
        signature = signature.clone();
    }

    public static Admission sign(DeviceId device, DeviceKey hub, long at) {
        return new Admission(device, hub.publicKey(), at, hub.signAdmission(claim(device, at)));
    }

    /** @throws WireException when it is not what that hub said, or the hub speaks of itself */
    public Admission verified() {
        if (!DeviceKey.verifiesAdmission(hub, claim(device, at), signature) || DerivedId.device(hub.bytes()).equals(device)) {
            throw new WireException("the countersignature of device " + device + " does not fit");
        }
        return this;
    }

    private static Bytes32 claim(DeviceId device, long at) {
        byte[] id = device.id().bytes();
        return Bytes32.sha256(ByteBuffer.allocate(id.length + Long.BYTES).put(id).putLong(at).array());
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Admission(DeviceId ofDevice, Bytes32 byHub, long then, byte[] signed) && device.equals(ofDevice) && hub.equals(byHub)
                && at == then && Arrays.equals(signature, signed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }
}
