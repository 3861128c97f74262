package dev.heph.sync.wire;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The body of a request or an answer: gzipped on the way where its header says so, and never longer than the reader allows. */
public final class Body {
    private Body() {}

    /** @throws UncheckedIOException never in practice: nothing but memory is written */
    public static byte[] zip(byte[] plain) {
        var zipped = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /**
     * Reads a body to its end.
     *
     * @param encoding the header {@code Content-Encoding}; {@code gzip} or none
     * @param max the longest it may be, in bytes, both as it travels and unzipped: a small body may unzip to any length
     * @throws IOException if the connection breaks
     * @throws HephException {@link Reason#TOO_LARGE} past the limit; {@link Reason#INVALID_PARAMS} if it is not in that encoding
     */
    public static byte[] read(InputStream in, Optional<String> encoding, int max) throws IOException {
        byte[] raw = limited(in, max);
        String name = encoding.map(String::strip).orElse("identity");
        if (name.equalsIgnoreCase("identity")) {
            return raw;
        }
        if (!name.equalsIgnoreCase(Exchange.GZIP)) {
            throw new HephException(Reason.INVALID_PARAMS, "a body in the encoding '" + name + "' cannot be read; send gzip or plain");
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            return limited(unzipped, max);
        } catch (IOException e) {
            throw new HephException(Reason.INVALID_PARAMS, "the body is not gzip as its header says: " + e.getMessage(), e);
        }
    }

    /** The refusal of a body over that limit. */
    public static HephException tooLarge(int max) {
        return new HephException(Reason.TOO_LARGE, "a body is over " + (max >> 20) + " MiB; send it in parts");
    }

    private static byte[] limited(InputStream in, int max) throws IOException {
        byte[] bytes = in.readNBytes(max + 1);
        if (bytes.length > max) {
            throw tooLarge(max);
        }
        return bytes;
    }
}
