package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import java.nio.charset.StandardCharsets;

/** Devices for tests, each made from its name. */
public final class Devices {
    private Devices() {}

    public static DeviceKey key(String name) {
        return new DeviceKey(seed(name));
    }

    public static DeviceId device(String name) {
        return key(name).device();
    }

    static byte[] seed(String name) {
        return Bytes32.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
