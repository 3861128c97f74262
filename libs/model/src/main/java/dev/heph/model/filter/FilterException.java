package dev.heph.model.filter;

/** A filter that cannot be meant as it stands. The message says in one line what, why, and what to write instead. */
public class FilterException extends IllegalArgumentException {
    FilterException(String message) {
        super(message);
    }

    FilterException(String message, Throwable cause) {
        super(message, cause);
    }
}
