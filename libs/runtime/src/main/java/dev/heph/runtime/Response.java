package dev.heph.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The answer to a request, its head read and its body not yet. */
final class Response {
    private final Connection connection;
    private final int status;
    private final int length;
    private final boolean keep;

    /** @param length of the body in bytes; -1 if it comes in chunks */
    Response(Connection connection, int status, int length, boolean keep) {
        this.connection = connection;
        this.status = status;
        this.length = length;
        this.keep = keep;
    }

    int status() {
        return status;
    }

    byte[] body() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (byte[] part = next(); part.length > 0; part = next()) {
            if (length >= 0) {
                return part;
            }
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** The next part of the body; empty at its end. */
    byte[] next() throws IOException {
        byte[] part;
        if (length >= 0) {
            part = connection.bytes(length);
        } else {
            part = connection.bytes(Integer.parseInt(connection.line().split(";")[0].strip(), 16));
            connection.line();
        }
        if (length >= 0 || part.length == 0) {
            connection.answered(keep);
        }
        return part;
    }
}
