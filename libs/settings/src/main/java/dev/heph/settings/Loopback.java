package dev.heph.settings;

import java.net.InetAddress;

/** Whether a host is this machine, by what is written and not by what a resolver makes of it. */
public final class Loopback {
    private Loopback() {}

    /** @param host a name or a literal address, as in a URL */
    public static boolean names(String host) {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
