package dev.heph.model.op;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A place in a hub's order of arrival ("the order of arrival" in docs/design/sync.md).
 *
 * @param n how many bundles came up to here
 * @param chain the hash over all of them, in their order
 */
public record Point(long n, Bytes32 chain) {
    public static final Point START = new Point(0, Bytes32.ZERO);

    public Point {
        if (n < 0) {
            throw new IllegalArgumentException("a hub counts from 0, not from " + n);
        }
    }

    /** The place after the bundle whose chain hash this is. */
    public Point next(Bytes32 bundle) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(chain.bytes());
            return new Point(n + 1, Bytes32.of(hash.digest(bundle.bytes())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
