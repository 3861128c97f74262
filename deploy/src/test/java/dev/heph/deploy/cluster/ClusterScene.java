package dev.heph.deploy.cluster;

import dev.heph.suite.Scene;
import dev.heph.suite.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One person's devices outside of the cluster, which come to the hub by the ingress, with TLS and a login. */
final class ClusterScene implements Scene {
    private final Hub hub;
    private final String person;
    private final Map<String, Device> devices = new HashMap<>();

    ClusterScene(Hub hub, String person) {
        this.hub = hub;
        this.person = person;
    }

    @Override
    public Seat device(String name, Duration fast) {
        return devices.computeIfAbsent(name, any -> {
            Device device = hub.home(home(name));
            return hub.loggedIn(fast.isZero() ? device : device.fast(fast), person);
        });
    }

    private String home(String name) {
        return person + "-" + name;
    }

    @Override
    public Seat copy(String name, String as) {
        Device copy = hub.home(home(as));
        Path from = devices.get(name).home();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.home().resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        devices.put(as, copy);
        return copy;
    }

    /** As if a cable were pulled, but that it is noticed at once. */
    @Override
    public void cut(String name) {
        firewall(name, "add table ip cut", "add chain ip cut output { type filter hook output priority filter; }",
                "add rule ip cut output meta oifname != \"lo\" meta l4proto tcp reject with tcp reset",
                "add rule ip cut output meta oifname != \"lo\" reject");
    }

    @Override
    public void connect(String name) {
        firewall(name, "delete table ip cut");
    }

    /** Rules in the network of that device alone. */
    private void firewall(String name, String... rules) {
        Node.output(hub.cluster().node().commandAt(devices.get(name).host(), List.of("nft", String.join("; ", rules))), System.getenv());
    }

    @Override
    public void backUp() throws Exception {
        hub.backUp();
    }

    @Override
    public void restore() {
        hub.putBack(person);
    }
}
