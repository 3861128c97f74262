package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP answer as it came over the socket. */
final class Reply {
    private final InputStream in;
    private final int status;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private byte[] body = {};

    private Reply(InputStream in) throws IOException {
        this.in = in;
        this.status = Integer.parseInt(line().substring(9, 12));
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
    }

    /** The whole answer, which names its length. */
    static Reply read(InputStream in) throws IOException {
        Reply reply = head(in);
        reply.body = reply.in.readNBytes(Integer.parseInt(reply.headers.getOrDefault("Content-Length", "0")));
        return reply;
    }

    /** The answer without its body, which comes in chunks. */
    static Reply head(InputStream in) throws IOException {
        return new Reply(new BufferedInputStream(in));
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.get(name);
    }

    byte[] body() {
        return body;
    }

    JsonNode json() {
        return Json.read(body);
    }

    /** The next chunk as text; null when the answer ends, one way or the other. */
    String chunk() throws IOException {
        try {
            int length = Integer.parseInt(line(), 16);
            String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            line();
            return length == 0 ? null : text;
        } catch (EOFException end) {
            return null;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
