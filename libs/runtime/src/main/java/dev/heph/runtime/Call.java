package dev.heph.runtime;

import com.fasterxml.jackson.databind.JsonNode;

/** One method of a service. Runs on a virtual thread of its own. */
@FunctionalInterface
public interface Call {
    /**
     * @throws dev.heph.error.HephException told to the caller as it is
     * @throws Exception a defect: told as {@code internal}, with the details in this service's log
     */
    Answer answer(Request request) throws Exception;

    /** The common case: parsed params in, JSON out. */
    static Call of(Plain call) {
        return request -> Answer.of(call.answer(request.params()));
    }

    /** A method that needs no more than its params. */
    @FunctionalInterface
    interface Plain {
        JsonNode answer(JsonNode params) throws Exception;
    }
}
