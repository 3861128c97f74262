package dev.heph.cli.rpc;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A call of the gateway (docs/reference/rpc.md).
 *
 * @param params a value that {@link Json} can hold
 */
public record Request(String method, Object params) {
    /** These report their progress, and run beside whatever else the gateway is asked. */
    private static final List<String> LONG = List.of("import", "export", "doctor", "backup");

    /** @param namesAndValues the parameters; one whose value is null is not sent */
    public static Request of(String method, Object... namesAndValues) {
        return new Request(method, Json.object(namesAndValues));
    }

    /** Whether it works through everything there is, so that no time is too long. */
    boolean mayTakeLong() {
        return LONG.contains(method);
    }

    /** The request as it goes over the socket. */
    byte[] line(int id) {
        var request = Json.object("jsonrpc", "2.0", "id", id, "method", method, "params", params, "client", "cli");
        ByteArrayOutputStream line = JsonText.bytes(request);
        line.write('\n');
        return line.toByteArray();
    }
}
