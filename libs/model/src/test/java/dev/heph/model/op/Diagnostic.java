package dev.heph.model.op;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.StringJoiner;

/** CBOR as people read it: the diagnostic notation of RFC 8949 §8, which is JSON with number keys and h'…' for bytes. */
final class Diagnostic {
    private Diagnostic() {}

    static String of(byte[] cbor) {
        try (CBORParser in = new CBORFactory().createParser(cbor)) {
            in.nextToken();
            return item(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String item(CBORParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_ARRAY -> {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(item(in));
                }
                yield items.toString();
            }
            case START_OBJECT -> {
                StringJoiner entries = new StringJoiner(", ", "{", "}");
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String key = in.currentName();
                    in.nextToken();
                    entries.add((key.matches("[0-9]+") ? key : quoted(key)) + ": " + item(in));
                }
                yield entries.toString();
            }
            case VALUE_STRING -> quoted(in.getText());
            case VALUE_EMBEDDED_OBJECT -> "h'" + HexFormat.of().formatHex(in.getBinaryValue()) + "'";
            default -> in.getText();
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
