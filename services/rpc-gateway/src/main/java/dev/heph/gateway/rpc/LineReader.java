package dev.heph.gateway.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.Message.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a line as one request or a batch. The whole line is checked before anything of it is carried out: strict UTF-8,
 * strict JSON, no deeper than {@value #MAX_DEPTH}. Params are not read here, only found.
 */
public final class LineReader {
    /** How deep a line may nest, counting its outermost value as 1. */
    public static final int MAX_DEPTH = 64;

    /** How many requests a batch may hold. */
    public static final int MAX_BATCH = 1_000;

    private LineReader() {}

    /**
     * @param bytes the line without its newline; slices of the result refer to it
     * @throws HephException {@link Reason#PARSE} if it is not JSON, {@link Reason#INVALID_REQUEST} for an empty batch,
     *     {@link Reason#TOO_LARGE} for a batch with too many requests
     */
    public static Line read(byte[] bytes) {
        Utf8.requireText(bytes);
        try (JsonParser json = JsonText.FACTORY.createParser(bytes)) {
            JsonToken first = json.nextToken();
            Line line = first == JsonToken.START_ARRAY
                    ? batch(json, bytes)
                    : new Line.One(new RequestReader(json, bytes).read());
            if (json.nextToken() != null) {
                throw new HephException(
                        Reason.PARSE,
                        "there is something behind the end of the JSON value: send one request or one batch a line");
            }
            return line;
        } catch (JsonProcessingException e) {
            throw new HephException(Reason.PARSE, "the line is not JSON: " + JsonText.complaint(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static Line batch(JsonParser json, byte[] bytes) throws IOException {
        List<Message> messages = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (messages.size() == MAX_BATCH) {
                throw new HephException(
                        Reason.TOO_LARGE, "a batch holds at most " + MAX_BATCH + " requests: send several batches");
            }
            messages.add(new RequestReader(json, bytes).read());
        }
        if (messages.isEmpty()) {
            throw new HephException(Reason.INVALID_REQUEST, "the batch is empty: put at least one request into it");
        }
        return new Line.Batch(messages);
    }

    /** Moves to the end of the value at hand. @throws HephException if it nests too deep */
    static void skip(JsonParser json) throws IOException {
        if (!json.currentToken().isStructStart()) {
            json.finishToken();
            return;
        }
        requireShallow(json);
        int outside = json.getParsingContext().getNestingDepth() - 1;
        while (json.getParsingContext().getNestingDepth() > outside) {
            JsonToken token = json.nextToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                requireShallow(json);
            }
        }
    }

    static void requireShallow(JsonParser json) {
        if (json.getParsingContext().getNestingDepth() > MAX_DEPTH) {
            throw new HephException(Reason.PARSE, "the line nests deeper than " + MAX_DEPTH + ": flatten it");
        }
    }
}
