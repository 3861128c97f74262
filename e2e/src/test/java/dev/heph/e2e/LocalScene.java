package dev.heph.e2e;

import dev.heph.suite.Said;
import dev.heph.suite.Scene;
import dev.heph.suite.Seat;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A hub without a login and its devices, on this machine, each device with a network that can be taken away. */
final class LocalScene implements Scene, AutoCloseable {
    private final Path directory;
    private final int port;
    private final Device hub;
    private final Map<String, Device> devices = new HashMap<>();
    private final Map<String, Proxy> networks = new HashMap<>();
    private Path backup;

    LocalScene(Path directory) {
        this.directory = directory;
        this.port = FreePort.next();
        this.hub = begin("hub");
        hub.heph("hub", "up", "--light", "--port", "" + port).ok();
    }

    private Device begin(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        devices.put(name, device);
        return device;
    }

    private static Seat seat(Device device) {
        return (input, words) -> {
            Outcome outcome = device.hephWith(input, words);
            return new Said(outcome.exitCode(), outcome.out(), outcome.err());
        };
    }

    @Override
    public Seat device(String name, Duration fast) {
        if (!devices.containsKey(name)) {
            Device device = begin(name);
            if (!fast.isZero()) {
                device.with("HEPH_TEST_NOW", Instant.now().plus(fast).toString());
            }
            networks.put(name, new Proxy(port));
            device.heph("hub", "join", networks.get(name).url()).ok();
        }
        return seat(devices.get(name));
    }

    @Override
    public Seat copy(String name, String as) {
        try {
            SyncTest.copy(devices.get(name).home(), directory.resolve(as));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seat(begin(as));
    }

    @Override
    public void cut(String name) {
        networks.get(name).disconnect();
    }

    @Override
    public void connect(String name) {
        networks.get(name).connect();
    }

    @Override
    public void backUp() {
        backup = directory.resolve("hub-" + System.nanoTime() + ".db");
        hub.heph("backup", backup.toString()).ok();
    }

    @Override
    public void restore() {
        hub.heph("backup", "restore", backup.toString()).ok();
        hub.heph("hub", "up", "--light").ok();
    }

    @Override
    public void close() {
        devices.values().forEach(Device::close);
        networks.values().forEach(Proxy::close);
    }
}
