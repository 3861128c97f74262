package dev.heph.gateway.foreign;

/** A file is not what that program exports. The message goes on after the file's name. */
final class NoExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoExportException(String message) {
        super(message);
    }
}
