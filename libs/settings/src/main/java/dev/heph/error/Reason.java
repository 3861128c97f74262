package dev.heph.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * The stable word for what went wrong, with its number in each protocol. This is the only place that holds the numbers;
 * docs/reference/errors.md lists them for people and a test holds the two together.
 */
public enum Reason {
    PARSE("parse", -32700, 400, 65),
    INVALID_REQUEST("invalid-request", -32600, 400, 65),
    UNKNOWN_METHOD("unknown-method", -32601, 404, 64),
    INVALID_PARAMS("invalid-params", -32602, 422, 65),
    INTERNAL("internal", -32603, 500, 1),
    UNAUTHENTICATED("unauthenticated", -32001, 401, 77),
    FORBIDDEN("forbidden", -32002, 403, 77),
    REVOKED("revoked", -32006, 403, 77),
    NOT_FOUND("not-found", -32004, 410, 66),
    AMBIGUOUS("ambiguous", -32005, 409, 65),
    CONFLICT("conflict", -32009, 409, 1),
    TOO_LARGE("too-large", -32013, 413, 65),
    TOO_MANY("too-many", -32014, 429, 75),
    AWAY("away", -32003, 503, 69),
    NO_SPACE("no-space", -32011, 507, 75),
    TIMEOUT("timeout", -32012, 504, 75),
    STORAGE("storage", -32010, 500, 1),
    DAMAGED("damaged", -32015, 500, 1);

    private final String word;
    private final int code;
    private final int httpStatus;
    private final int exitCode;

    Reason(String word, int code, int httpStatus, int exitCode) {
        this.word = word;
        this.code = code;
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
    }

    /** The word on the wire, {@code error.data.reason}. */
    public String word() {
        return word;
    }

    /** The JSON-RPC error code. */
    public int code() {
        return code;
    }

    /** The HTTP status between the services. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The exit code of a command that failed for this reason (sysexits.h where one fits). */
    public int exitCode() {
        return exitCode;
    }

    /** The reason of that word, or empty: a newer peer may know more reasons than we do. */
    public static Optional<Reason> of(String word) {
        return Arrays.stream(values()).filter(reason -> reason.word.equals(word)).findFirst();
    }
}
