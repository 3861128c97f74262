package dev.heph.sync.device;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a hub is, in one spelling: scheme, host, port if given, path if it has one, and no slash at the end. */
record HubAddress(URI uri) {
    private static final String EXAMPLE = "an address such as http://127.0.0.1:7800";

    /**
     * @param plainHttp whether what goes there may be read by everyone on the way
     * @throws HephException {@link Reason#INVALID_PARAMS} if this version would not send a person's notes there, and why
     */
    static HubAddress of(String text, boolean plainHttp) {
        URI given;
        try {
            given = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused("'" + text + "' is no address of a hub; give " + EXAMPLE);
        }
        String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || given.getHost() == null || given.getPort() > 65_535) {
            throw refused("'" + text + "' is no address of a hub; give " + EXAMPLE);
        }
        if (given.getRawUserInfo() != null || given.getRawQuery() != null || given.getRawFragment() != null) {
            throw refused("'" + given.getHost() + "…' has more than scheme, host, port and path; give " + EXAMPLE);
        }
        String host = given.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && !plainHttp && !Loopback.names(host)) {
            throw refused("http://" + host + " would carry your notes unencrypted and to whoever answers there; give its https address. If everyone on"
                    + " the way may read along, set plain_http = true");
        }
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        String path = given.getRawPath() == null ? "" : given.getRawPath().replaceAll("/+$", "");
        return new HubAddress(URI.create(scheme + "://" + host + port + path));
    }

    /** That path below the hub's. */
    URI at(String path) {
        return URI.create(uri + path);
    }

    boolean hasPath() {
        return !uri.getRawPath().isEmpty();
    }

    /** The same without a path. */
    String root() {
        return uri.resolve("/").toString().replaceAll("/$", "");
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static HephException refused(String message) {
        return new HephException(Reason.INVALID_PARAMS, message);
    }
}
