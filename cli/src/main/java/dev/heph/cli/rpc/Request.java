package dev.heph.cli.rpc;

import java.nio.charset.StandardCharsets;

/**
 * A call of the gateway (docs/reference/rpc.md).
 *
 * @param params a value that {@link Json} can hold
 */
public record Request(String method, Object params) {

    /** @param namesAndValues the parameters; one whose value is null is not sent */
    public static Request of(String method, Object... namesAndValues) {
        return new Request(method, Json.object(namesAndValues));
    }

    /** The request as it goes over the socket. */
    byte[] line(int id) {
        var request = Json.object("jsonrpc", "2.0", "id", id, "method", method, "params", params, "client", "cli");
        return (JsonText.of(request) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
