package dev.heph.model.markdown;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A markdown link's destination that is another note: a relative path that ends in {@code .md}, and what follows
 * {@code #}.
 */
record NotePath(String path, String fragment) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]+:|//).*", Pattern.DOTALL);
    private static final String SUFFIX = ".md";

    static Optional<NotePath> of(String destination) {
        int hash = destination.indexOf('#');
        String beforeHash = hash < 0 ? destination : destination.substring(0, hash);
        int query = beforeHash.indexOf('?');
        String path = decoded(query < 0 ? beforeHash : beforeHash.substring(0, query));
        boolean note = path.regionMatches(true, path.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
        if (!note || ABSOLUTE.matcher(destination).matches()) {
            return Optional.empty();
        }
        return Optional.of(new NotePath(path, hash < 0 ? "" : decoded(destination.substring(hash + 1))));
    }

    /** Percent-decoded UTF-8; the text as it is when that cannot be read. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            int value = bytes[at] == '%' && at + 2 < bytes.length ? hex(bytes[at + 1]) * 16 + hex(bytes[at + 2]) : -1;
            decoded.write(value < 0 ? bytes[at] : value);
            at += value < 0 ? 0 : 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    /** A digit's value, or so small a number that no pair with it is positive. */
    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? -1_000 : value;
    }
}
