package dev.heph.gateway.rpc;

import dev.heph.error.HephException;
import java.util.List;
import java.util.Optional;

/** What a client sent: one request, or what was meant as one. */
public sealed interface Message {

    /** What a line holds: one message, or a batch of them that is answered together. */
    sealed interface Line {
        record One(Message message) implements Line {}

        /** @param messages at least one */
        record Batch(List<Message> messages) implements Line {}
    }

    /**
     * A well-formed request.
     *
     * @param id as the client wrote it, to be sent back the same; empty: a notification, which gets no answer
     * @param params as the client wrote them, of any type; empty: there are none
     * @param client the surface's name for itself, see docs/reference/rpc.md
     */
    record Request(Optional<Slice> id, String method, Optional<Slice> params, Optional<String> client) implements Message {}

    /**
     * JSON, but not a request. @param id the request's, or {@code null} in JSON if it has none that can be sent back
     */
    record Malformed(Slice id, HephException problem) implements Message {}
}
