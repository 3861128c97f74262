package dev.heph.gateway.rpc;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What Jackson lets pass and text must not have: overlong or surrogate UTF-8, NUL bytes, halves of a surrogate pair as
 * escapes.
 */
final class Utf8 {
    private static final int CHUNK_CHARACTERS = 8_192;

    private Utf8() {}

    /** @throws HephException {@link Reason#PARSE} naming the first byte that is not UTF-8, or is NUL */
    static void requireText(byte[] bytes) {
        if (!ascii(bytes)) {
            requireUtf8(bytes);
        }
    }

    /** Almost every line is ASCII; a NUL is left to the other way, which names it. */
    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    private static void requireUtf8(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(CHUNK_CHARACTERS, bytes.length + 1));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new HephException(Reason.PARSE, "the line is not UTF-8 (at byte " + (in.position() + 1) + ")");
        }
        for (int i = 0; i < bytes.length; i++) {
            // JSON has no raw NUL, and with one among the first bytes Jackson would take the line for UTF-16.
            if (bytes[i] == 0) {
                throw new HephException(Reason.PARSE, "the line holds a NUL (at byte " + (i + 1) + ")");
            }
        }
    }

    /**
     * Whether JSON text that is otherwise right holds, as an escape, half of a surrogate pair alone: JSON allows it,
     * but no text can hold it, and it would be stored as a question mark.
     */
    static boolean halfPair(Slice json) {
        byte[] bytes = json.bytes();
        for (int i = json.from(); i < json.to() - 1; i++) {
            if (bytes[i] != '\\') {
                continue;
            }
            i++;
            if (bytes[i] != 'u') {
                continue;
            }
            char unit = unit(bytes, i + 1);
            i += 4;
            if (Character.isHighSurrogate(unit)) {
                boolean paired = i + 6 < json.to()
                        && bytes[i + 1] == '\\'
                        && bytes[i + 2] == 'u'
                        && Character.isLowSurrogate(unit(bytes, i + 3));
                if (!paired) {
                    return true;
                }
                i += 6;
            } else if (Character.isLowSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }

    private static char unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = unit << 4 | Character.digit(bytes[i], 16);
        }
        return (char) unit;
    }
}
