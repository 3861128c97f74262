package dev.heph.cli.command;

/** What was typed is not a command of heph: exit code 64 (EX_USAGE). The message is the whole of what is said. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final int EXIT_CODE = 64;

    public UsageException(String message) {
        super(message);
    }
}
