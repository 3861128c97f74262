package dev.heph.model.id;

/**
 * Who wrote a bundle: one replica with one signing key. The id is derived from the public key (see
 * {@link DerivedId#device}), so a key proves which device it speaks for and a new key is a new device.
 */
public record DeviceId(Id id) implements Comparable<DeviceId> {
    public static DeviceId of(byte[] bytes) {
        return new DeviceId(Id.of(bytes));
    }

    public byte[] bytes() {
        return id.bytes();
    }

    @Override
    public int compareTo(DeviceId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
