package dev.heph.settings;

import dev.heph.settings.ConfigFile.Given;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads where a service is, and refuses a place in which it would answer strangers. */
final class Placing {
    private static final String PEER = "peer.";
    private static final List<Key> PEERS = List.of(Key.PEER_STORE, Key.PEER_AUTH, Key.PEER_SYNC);
    private static final int LONGEST_DRAIN_SECONDS = 300;

    private Placing() {}

    /** @param login whether this hub knows who its people are */
    static Placement of(Mode mode, Map<Key, Given> given, boolean login) {
        var placement = new Placement(
                Settings.value(given, Key.INTERNAL_ADDRESS, Settings::address, "an IP address and a port, such as 0.0.0.0:7700"),
                Optional.ofNullable(Settings.value(given, Key.INTERNAL_SECRET, Settings::file, "the absolute path of a file")),
                peers(given),
                Optional.ofNullable(
                        Settings.value(given, Key.OBSERVE_ADDRESS, Settings::address, "an IP address and a port, such as 0.0.0.0:7790")),
                Settings.value(given, Key.DRAIN_SECONDS, Placing::seconds, "whole seconds, 0 to " + LONGEST_DRAIN_SECONDS));
        placement.observed().filter(address -> !address.getAddress().isLoopbackAddress())
                .ifPresent(address -> refuseOnDevice(mode, name(given, Key.OBSERVE_ADDRESS)));
        if (!placement.listening().getAddress().isLoopbackAddress()) {
            refuseStrangers(mode, placement, login, name(given, Key.INTERNAL_ADDRESS));
        }
        for (Key key : PEERS) {
            InetSocketAddress peer = placement.peers().get(service(key));
            if (peer != null && !Loopback.names(peer.getHostString())) {
                refuseStrangers(mode, placement, login, name(given, key));
            }
        }
        return placement;
    }

    private static void refuseStrangers(Mode mode, Placement placement, boolean login, String setting) {
        refuseOnDevice(mode, setting);
        if (!login) {
            throw new SettingsException(setting + " needs auth.issuer: a hub without a login is for its own machine only");
        }
        if (placement.secret().isEmpty()) {
            throw new SettingsException(setting + " needs internal.secret, a file that all four services have: by it those on other"
                    + " machines prove that they belong here");
        }
    }

    private static void refuseOnDevice(Mode mode, String setting) {
        if (mode == Mode.DEVICE) {
            throw new SettingsException(setting + " is for a hub: a device has all four services on one machine, and nothing of it"
                    + " listens beyond loopback; leave it out");
        }
    }

    private static String name(Map<Key, Given> given, Key key) {
        return key.text() + " (" + given.get(key).where() + ")";
    }

    private static String service(Key peer) {
        return peer.text().substring(PEER.length());
    }

    private static Map<String, InetSocketAddress> peers(Map<Key, Given> given) {
        Map<String, InetSocketAddress> peers = new TreeMap<>();
        for (Key key : PEERS) {
            InetSocketAddress peer = Settings.value(given, key, Placing::host, "a host and a port, such as heph-store:7700");
            if (peer != null) {
                peers.put(service(key), peer);
            }
        }
        return Map.copyOf(peers);
    }

    /** Not resolved: what a name means may change while we run. */
    private static InetSocketAddress host(String text) {
        URI uri = URI.create("peer://" + text);
        if (uri.getHost() == null || uri.getPort() <= 0 || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
    }

    private static Duration seconds(String text) {
        int seconds = Integer.parseInt(text);
        if (seconds < 0 || seconds > LONGEST_DRAIN_SECONDS) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofSeconds(seconds);
    }
}
