package dev.heph.model.op;

/**
 * Bytes that are not what they claim to be: cut, altered, forged or of an unknown format. Nothing was changed. The message is
 * one short line, whatever the bytes hold.
 */
public final class WireException extends RuntimeException {
    private static final int MAX_LENGTH = 300;

    public WireException(String message) {
        super(line(message));
    }

    public WireException(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        String cut = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message;
        return cut.replaceAll("\\p{Cntrl}+", " ");
    }
}
