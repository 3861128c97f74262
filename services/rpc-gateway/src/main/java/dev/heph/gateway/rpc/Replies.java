package dev.heph.gateway.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what goes to a client. Every reply is one line of JSON, without the newline. */
public final class Replies {
    /** The id of an answer to something whose own id could not be read. */
    public static final Slice NO_ID = Slice.of("null");

    private static final byte[] START = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] RESULT = ascii(",\"result\":");
    private static final byte[] ERROR = ascii(",\"error\":");
    private static final byte[] METHOD = ascii("{\"jsonrpc\":\"2.0\",\"method\":\"");
    private static final byte[] PARAMS = ascii("\",\"params\":");

    private Replies() {}

    /** @param result JSON, taken as it is */
    public static byte[] result(Slice id, byte[] result) {
        return reply(id, RESULT, result);
    }

    public static byte[] error(Slice id, HephException problem) {
        return reply(id, ERROR, error(problem));
    }

    /** @param method our own word, so that nothing in it needs escaping */
    public static byte[] notification(String method, byte[] params) {
        var out = new ByteArrayOutputStream(METHOD.length + method.length() + PARAMS.length + params.length + 1);
        out.writeBytes(METHOD);
        out.writeBytes(ascii(method));
        out.writeBytes(PARAMS);
        out.writeBytes(onOneLine(params));
        out.write('}');
        return out.toByteArray();
    }

    /** @param replies at least one */
    public static byte[] batch(List<byte[]> replies) {
        var out = new ByteArrayOutputStream(replies.stream().mapToInt(reply -> reply.length + 1).sum() + 1);
        out.write('[');
        for (byte[] reply : replies) {
            if (out.size() > 1) {
                out.write(',');
            }
            out.writeBytes(reply);
        }
        out.write(']');
        return out.toByteArray();
    }

    private static byte[] reply(Slice id, byte[] member, byte[] value) {
        var out = new ByteArrayOutputStream(START.length + id.length() + member.length + value.length + 1);
        out.writeBytes(START);
        id.writeTo(out);
        out.writeBytes(member);
        out.writeBytes(onOneLine(value));
        out.write('}');
        return out.toByteArray();
    }

    private static byte[] error(HephException problem) {
        ObjectNode error = Json.object();
        error.put("code", problem.reason().code());
        error.put("message", problem.getMessage());
        ObjectNode data = error.putObject("data");
        data.put("reason", problem.reason().word());
        problem.data().forEach((name, value) -> data.set(name, Json.MAPPER.valueToTree(value)));
        return Json.bytes(error);
    }

    /**
     * In JSON a raw line break can only stand between tokens, where a space does as well; on our socket it would end
     * the line.
     */
    private static byte[] onOneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
