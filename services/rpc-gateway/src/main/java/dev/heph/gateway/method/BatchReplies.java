package dev.heph.gateway.method;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.Replies;
import dev.heph.gateway.rpc.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The replies of a batch while they are collected. They go out as one line, so all of them are in memory at once: from
 * the first that does not fit on, requests are refused.
 */
final class BatchReplies {
    static final int MAX_BYTES = 64 << 20;

    private final List<byte[]> replies = new ArrayList<>();
    private long bytes;
    private boolean full;

    /** Whether what still follows in the batch is to be refused. */
    boolean full() {
        return full;
    }

    /** Adds the reply to a request that was carried out, or says in its place that it does not fit. */
    void add(Slice id, byte[] reply) {
        if (bytes + reply.length > MAX_BYTES) {
            full = true;
            tell(tooLarge(id, "this request was carried out, but its answer does not fit beside the others: ask alone"));
        } else {
            tell(reply);
        }
    }

    /** Adds what is small and has to be said in any case. */
    void tell(byte[] reply) {
        replies.add(reply);
        bytes += reply.length;
    }

    /** Refuses a request instead of carrying it out. */
    void refuse(Slice id) {
        tell(tooLarge(id, "this request was not carried out: send it in another batch"));
    }

    /** The answer; empty if there is nothing to say. */
    Optional<byte[]> line() {
        return replies.isEmpty() ? Optional.empty() : Optional.of(Replies.batch(replies));
    }

    private static byte[] tooLarge(Slice id, String what) {
        String limit = "the answers of a batch take at most " + (MAX_BYTES >> 20) + " MiB; ";
        return Replies.error(id, new HephException(Reason.TOO_LARGE, limit + what));
    }
}
