package dev.heph.model.op;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The encoding of the log: CBOR (RFC 8949) in {@link CanonicalForm}, checked before it is read and after it is written. This
 * class holds the few checked reads and writes that headers and payloads share.
 */
final class Cbor {
    /** Keys of up to so many digits are numbers to us. */
    static final int KEY_DIGITS = 3;

    /** What {@link #nextKey} gives at the end of a map, and for a key that no version of this format can know. */
    static final int END = -1;

    static final int UNKNOWN_KEY = -2;

    /** The order of text keys in a map: that of their encoding, so the shorter comes first. */
    static final Comparator<String> KEY_ORDER = Comparator.comparing(
            key -> key.getBytes(StandardCharsets.UTF_8),
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned));

    private static final CBORFactory FACTORY = new CBORFactory();

    /** Something that writes itself as CBOR. */
    interface Writing {
        void to(CBORGenerator out) throws IOException;
    }

    /** Something that reads itself from CBOR; the parser stands before its first token. */
    interface Reading<T> {
        T from(CBORParser in) throws IOException;
    }

    private Cbor() {}

    static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (CBORGenerator out = FACTORY.createGenerator(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new WireException("cannot be encoded: " + e.getMessage(), e);
        }
        byte[] written = bytes.toByteArray();
        CanonicalForm.require(written, "what is to be written");
        return written;
    }

    /** As one string of definite length, which the generator's own way is not beyond some 4,000 characters. */
    static void text(CBORGenerator out, String text) throws IOException {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            out.writeUTF8String(utf8.array(), 0, utf8.limit());
        } catch (CharacterCodingException e) {
            throw new WireException("a text with half of a surrogate pair cannot be written", e);
        }
    }

    /** Reads the one item that {@code bytes} must be. */
    static <T> T read(byte[] bytes, String what, Reading<T> reading) {
        CanonicalForm.require(bytes, what);
        try (CBORParser in = FACTORY.createParser(bytes)) {
            return reading.from(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    static void expect(CBORParser in, JsonToken token) throws IOException {
        check(in.nextToken() == token, in, token.name());
    }

    static long nextLong(CBORParser in) throws IOException {
        expect(in, JsonToken.VALUE_NUMBER_INT);
        return longHere(in);
    }

    static long longHere(CBORParser in) throws IOException {
        check(in.currentToken() == JsonToken.VALUE_NUMBER_INT, in, "a whole number");
        return in.getLongValue();
    }

    static int nextInt(CBORParser in) throws IOException {
        long number = nextLong(in);
        check(number == (int) number, in, "a number of 32 bits");
        return (int) number;
    }

    static String nextText(CBORParser in) throws IOException {
        expect(in, JsonToken.VALUE_STRING);
        return in.getText();
    }

    static byte[] nextBytes(CBORParser in) throws IOException {
        expect(in, JsonToken.VALUE_EMBEDDED_OBJECT);
        return in.getBinaryValue();
    }

    /** The key of a map's next entry, or {@link #END}, or {@link #UNKNOWN_KEY}. */
    static int nextKey(CBORParser in) throws IOException {
        if (in.nextToken() == JsonToken.END_OBJECT) {
            return END;
        }
        check(in.currentToken() == JsonToken.FIELD_NAME, in, "a key");
        String name = in.currentName();
        return name.length() <= KEY_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(name)
                : UNKNOWN_KEY;
    }

    static void skipValue(CBORParser in) throws IOException {
        in.nextToken();
        in.skipChildren();
    }

    private static void check(boolean right, CBORParser in, String wanted) throws WireException {
        if (!right) {
            throw new WireException("expected " + wanted + " at byte "
                    + in.currentTokenLocation().getByteOffset() + ", found " + in.currentToken());
        }
    }
}
