package dev.heph.model.text;

/** A text, an edit or their bytes that cannot be right. Nothing was changed; the message says what is wrong in one line. */
public class TextException extends IllegalArgumentException {
    public TextException(String message) {
        super(message);
    }

    public TextException(String message, Throwable cause) {
        super(message, cause);
    }
}
