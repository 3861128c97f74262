package dev.heph.gateway.vault;

import dev.heph.settings.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file as the body of a note: verbatim, or not at all. */
final class NoteText {
    static final int MAX_BYTES = 16 << 20;

    private NoteText() {}

    /** Why a file is no note. The message is for a person. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String reason) {
            super(reason);
        }
    }

    static String read(Path file) throws Unfit {
        byte[] bytes = bytes(file);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, text, true);
        if (result.isError()) {
            throw new Unfit("is not UTF-8 (at byte " + (in.position() + 1) + "): convert it");
        }
        String body = text.flip().toString();
        int nul = body.indexOf('\0');
        if (nul >= 0) {
            throw new Unfit("holds a NUL (at character " + (nul + 1) + "), so it is no text");
        }
        return body;
    }

    private static byte[] bytes(Path file) throws Unfit {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Unfit("is over " + (MAX_BYTES >> 20) + " MiB: split it");
            }
            return bytes;
        } catch (IOException e) {
            throw new Unfit("cannot be read: " + IoReason.of(e));
        }
    }
}
