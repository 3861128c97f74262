package dev.heph.settings;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Those before a hub who are believed when they say who called: networks, such as {@code 10.42.0.0/16}. */
public record Proxies(List<Network> networks) {
    public static final Proxies NONE = new Proxies(List.of());

    /** So many first bits are those of this address. */
    public record Network(InetAddress address, int bits) {
        private static Network of(String text) {
            int slash = text.indexOf('/');
            InetAddress address = exactly(slash < 0 ? text : text.substring(0, slash));
            int all = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException(text);
            }
            return new Network(address, bits);
        }

        private boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] its = other.getAddress();
            if (mine.length != its.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & 0x80 >> bit % Byte.SIZE) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @throws IllegalArgumentException if one of them is no network, or there is none */
    static Proxies of(String text) {
        return new Proxies(Arrays.stream(text.split(",", -1)).map(String::strip).map(Network::of).toList());
    }

    /**
     * Who called: whoever is at the other end, or, as long as that is one of these, whom it says that it was called by. Anybody can begin a header
     * with whatever they like, so it is read from its end, where the nearest proxy wrote.
     *
     * @param peer at the other end of the connection
     * @param forwarded what {@code X-Forwarded-For} says, its values in their order
     */
    public String caller(String peer, List<String> forwarded) {
        if (networks.isEmpty()) {
            return peer;
        }
        var way = new ArrayList<String>();
        forwarded.forEach(value -> way.addAll(Arrays.asList(value.split(",", -1))));
        way.add(peer);
        String caller = peer;
        for (String hop : way.reversed()) {
            Optional<InetAddress> address = literal(hop.strip());
            if (address.isEmpty()) {
                return caller;
            }
            caller = address.get().getHostAddress();
            if (networks.stream().noneMatch(network -> network.contains(address.get()))) {
                return caller;
            }
        }
        return caller;
    }

    /** In full: {@code 10.42} would be 10.0.0.42. */
    private static InetAddress exactly(String text) {
        if (!text.contains(":") && !text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException(text);
        }
        return InetAddress.ofLiteral(text);
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(exactly(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
