package dev.heph.sync.wire;

/** The exchange between devices and a hub, version 1: the names and limits that both ends hold to. */
public final class Exchange {
    public static final int VERSION = 1;

    /** Where every path of this version begins; {@code GET /health} alone has none. */
    public static final String ROOT = "/sync/v" + VERSION;

    /** The only space there is so far: a person's own. */
    public static final String SPACE = "personal";

    /** What a device asks the identity provider for: an id token, a name for people, a login that lasts. */
    public static final String LOGIN_SCOPE = "openid profile offline_access";

    public static final String CBOR = "application/cbor";
    public static final String JSON = "application/json";
    public static final String BYTES = "application/octet-stream";
    public static final String LINES = "text/plain";
    public static final String GZIP = "gzip";

    /** The most ops in a parcel, and in a page unless more are asked for. */
    public static final int MAX_OPS = 1_000;

    /** The most ops that may be asked for. */
    public static final int MAX_PAGE_OPS = 4_000;

    /** A parcel is at most 1 MB of bundles; the rest is room for what is around them. */
    public static final int MAX_PARCEL_BYTES = 2 << 20;

    /** A page is at most 2 MB, unless one signed piece is longer. */
    public static final int MAX_PAGE_BYTES = 4 << 20;

    /** An answer in JSON names at most every device of a space. */
    public static final int MAX_JSON_BYTES = 4 << 20;

    public static final int MAX_QUERY_BYTES = 8 << 10;

    /** A stream is never silent for longer. */
    public static final int HEARTBEAT_SECONDS = 10;

    private Exchange() {}
}
