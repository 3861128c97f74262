package dev.heph.cli.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON from UTF-8 bytes, by jackson-core. */
final class JsonReader implements AutoCloseable {
    /** The gateway refuses more than 64 levels; this only keeps a strange answer from overflowing the stack. */
    private static final int DEPTH_MAX = 200;

    /** Shared by all that read and write. Names are not interned, for nobody looks up one often enough. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // or every character beyond U+FFFF is written as two escapes
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] bytes;
    private final JsonParser parser;

    private JsonReader(byte[] bytes, int from, int end) throws IOException {
        this.bytes = bytes;
        this.parser = FACTORY.createParser(bytes, from, end - from);
    }

    /**
     * The one value that the bytes hold.
     *
     * @throws JsonException if they hold something else
     */
    static Object document(byte[] bytes) {
        return read(bytes, 0, bytes.length, JsonReader::onlyValue);
    }

    /**
     * Where each member of the object stands: what is passed on as it is need not be kept as values.
     *
     * @throws JsonException if the bytes are not one object
     */
    static Map<String, Slice> members(byte[] bytes) {
        return read(bytes, 0, bytes.length, JsonReader::slices);
    }

    private interface Reading<T> {
        T by(JsonReader reader) throws IOException;
    }

    private static <T> T read(byte[] bytes, int from, int end, Reading<T> reading) {
        try (var reader = new JsonReader(bytes, from, end)) {
            return reading.by(reader);
        } catch (JsonProcessingException e) {
            throw new JsonException(said(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // from bytes in memory: there is none
        }
    }

    private Object onlyValue() throws IOException {
        Object value = value(next());
        end();
        return value;
    }

    private Map<String, Slice> slices() throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            throw new JsonException("not a JSON object");
        }
        var members = new LinkedHashMap<String, Slice>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            members.put(name, new Slice(bytes, from, (int) parser.currentLocation().getByteOffset()));
        }
        end();
        return members;
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new JsonException("not JSON: it ends too soon");
        }
        return token;
    }

    private void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonException("not JSON: something follows its end" + place(parser.currentTokenLocation()));
        }
    }

    private Object value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private Map<String, Object> object() throws IOException {
        var object = new LinkedHashMap<String, Object>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            object.put(name, value(parser.nextToken()));
        }
        return object;
    }

    private List<Object> array() throws IOException {
        var array = new ArrayList<Object>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
        }
        return array;
    }

    private Number whole() throws IOException {
        return parser.getNumberType() == NumberType.BIG_INTEGER ? parser.getBigIntegerValue() : parser.getLongValue();
    }

    /** Jackson's own words, where they are for people. */
    private static String said(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "not JSON: it ends too soon";
        }
        if (e instanceof StreamConstraintsException) {
            return "not JSON of a sane size: over " + DEPTH_MAX + " levels, or an endless number or name";
        }
        String message = e.getOriginalMessage();
        int aside = message.indexOf(" (for "); // where the bracket stands, told at a length that no line has room for
        return "not JSON: " + (aside < 0 ? message : message.substring(0, aside)) + place(e.getLocation());
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " at byte " + (location.getByteOffset() + 1);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /** A part of the bytes. */
    record Slice(byte[] bytes, int from, int to) {
        Json json() {
            return new Json(read(bytes, from, to, JsonReader::onlyValue));
        }
    }
}
