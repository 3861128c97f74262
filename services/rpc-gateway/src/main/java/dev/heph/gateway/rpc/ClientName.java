package dev.heph.gateway.rpc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A client's name may be any text, an HTTP header's value not: between the services it travels percent-encoded. */
public final class ClientName {
    private ClientName() {}

    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** @return the name; what is not encoded, such as {@code sync}, as it is */
    public static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return encoded;
        }
    }
}
