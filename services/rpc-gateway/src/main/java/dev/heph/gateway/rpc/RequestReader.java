package dev.heph.gateway.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.Message.Malformed;
import dev.heph.gateway.rpc.Message.Request;
import java.io.IOException;
import java.util.Optional;

/** Reads one request object; members that JSON-RPC leaves free are skipped, except {@code client}. */
final class RequestReader {
    private static final int MAX_ID_BYTES = 1_024;
    private static final int MAX_CLIENT_CHARACTERS = 100;

    private final JsonParser json;
    private final byte[] bytes;

    private Optional<Slice> id = Optional.empty();
    private Optional<Slice> params = Optional.empty();
    private Optional<String> client = Optional.empty();
    private String method;
    private boolean version;
    private String problem;

    RequestReader(JsonParser json, byte[] bytes) {
        this.json = json;
        this.bytes = bytes;
    }

    /**
     * Reads the value at hand to its end, also when it is no request: what follows on the line still has to be JSON.
     */
    Message read() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            if (json.currentToken() == null) {
                throw new HephException(Reason.PARSE, "the line is not JSON: it is empty");
            }
            LineReader.skip(json);
            return malformed("a request is a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "jsonrpc" -> version = text(token).filter("2.0"::equals).isPresent();
                case "id" -> readId(token);
                case "method" -> method = text(token).orElse(null);
                case "client" -> readClient(token);
                case "params" -> params = Optional.of(slice());
                default -> LineReader.skip(json);
            }
        }
        if (!version) {
            return malformed("the member \"jsonrpc\" must be \"2.0\"");
        }
        if (method == null) {
            return malformed("the member \"method\" must be a string");
        }
        return problem == null ? new Request(id, method, params, client) : malformed(problem);
    }

    private Message malformed(String why) {
        return new Malformed(id.orElse(Replies.NO_ID), new HephException(
                Reason.INVALID_REQUEST, "not a JSON-RPC 2.0 request: " + why));
    }

    private void readId(JsonToken token) throws IOException {
        boolean fits = token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING || token.isNumeric();
        Slice written = slice();
        if (fits && written.length() <= MAX_ID_BYTES) {
            id = Optional.of(written);
        } else {
            id = Optional.of(Replies.NO_ID);
            problem = "the member \"id\" must be a number, null, or a string of at most " + MAX_ID_BYTES + " bytes";
        }
    }

    private void readClient(JsonToken token) throws IOException {
        client = text(token).filter(name -> !name.isBlank() && name.length() <= MAX_CLIENT_CHARACTERS);
        if (client.isEmpty()) {
            problem = "the member \"client\" must be a string of at most " + MAX_CLIENT_CHARACTERS + " characters";
        } else if (client.get().equals("sync")) {
            problem = "the member \"client\" cannot be \"sync\": that names what comes from other devices";
        }
    }

    private Optional<String> text(JsonToken token) throws IOException {
        Optional<String> text = token == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
        LineReader.skip(json);
        return text;
    }

    /** The value at hand as it stands on the line. */
    private Slice slice() throws IOException {
        if (json.currentToken().isNumeric()) {
            return Slice.of(json.getText());
        }
        int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        LineReader.skip(json);
        return new Slice(bytes, from, Math.toIntExact(json.currentLocation().getByteOffset()));
    }
}
