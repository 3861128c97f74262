package dev.heph.model.op;

/** Bytes that are not what they claim to be: cut, altered, forged or of an unknown format. Nothing was changed. */
public final class WireException extends RuntimeException {
    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
