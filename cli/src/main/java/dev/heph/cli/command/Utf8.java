package dev.heph.cli.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The user's bytes as text: nothing is replaced in silence. */
final class Utf8 {
    private Utf8() {}

    static String strict(byte[] bytes, String where) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HephException(Reason.INVALID_PARAMS, where + " is not UTF-8; nothing was saved", e);
        }
    }
}
