package dev.heph.model.capture;

/** A line or a repetition that cannot be meant as it stands. The message says in one line what, why, and what to write instead. */
public class CaptureException extends IllegalArgumentException {
    CaptureException(String message) {
        super(message);
    }

    CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
