package dev.heph.error;

import java.util.Map;
import java.util.Objects;

/**
 * A failure that a person is told about: the message is one line that says what, why and what to do. Everything else that is
 * thrown is a defect and shows as {@link Reason#INTERNAL}.
 */
public class HephException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Map<String, ?> data;

    public HephException(Reason reason, String message) {
        this(reason, message, Map.of());
    }

    public HephException(Reason reason, String message, Throwable cause) {
        this(reason, message, Map.of(), cause);
    }

    /** @param data what a program needs beside the message (such as {@code candidates}): values that JSON can hold */
    public HephException(Reason reason, String message, Map<String, ?> data) {
        this(reason, message, data, null);
    }

    public HephException(Reason reason, String message, Map<String, ?> data, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.reason = Objects.requireNonNull(reason);
        this.data = Objects.requireNonNull(data);
    }

    public Reason reason() {
        return reason;
    }

    /** What a program needs beside the message; empty if there is nothing. Never null. */
    public Map<String, ?> data() {
        return data == null ? Map.of() : data;
    }
}
