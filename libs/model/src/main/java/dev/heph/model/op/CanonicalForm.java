package dev.heph.model.op;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one way to write a thing, checked before any of it is read: the core deterministic encoding of CBOR (RFC 8949 §4.2.1)
 * without tags and floats, text without NUL. Lengths are definite and as short as can be; a map's keys are numbers or texts,
 * ascend and are never twice. So no two byte strings mean the same, and no claim about a length is believed that the bytes
 * do not hold. One pass, no allocation but for text outside ASCII. The rule is "form" in docs/design/wire-format.md.
 */
final class CanonicalForm {
    static final int MAX_DEPTH = 32;

    private static final int NUMBER = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int FALSE = 0xf4;
    private static final int NULL = 0xf6;

    private final byte[] bytes;
    private final String what;
    private int at;

    private CanonicalForm(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    /** @throws WireException when {@code bytes} are anything but one item in canonical form */
    static void require(byte[] bytes, String what) {
        CanonicalForm form = new CanonicalForm(bytes, what);
        form.item(0);
        if (form.at < bytes.length) {
            throw form.refused("is followed by stray bytes");
        }
    }

    private void item(int depth) {
        if (depth > MAX_DEPTH) {
            throw refused("is nested deeper than " + MAX_DEPTH);
        }
        int first = next();
        switch (first >> 5) {
            case NUMBER, NEGATIVE -> argument(first);
            case BYTES -> skip(length(first));
            case TEXT -> text(length(first));
            case ARRAY -> {
                for (long left = argument(first); left > 0; left--) {
                    item(depth + 1);
                }
            }
            case MAP -> map(argument(first), depth + 1);
            default -> {
                if (first < FALSE || first > NULL) {
                    throw refused("holds a tag, a float or an indefinite length");
                }
            }
        }
    }

    private void map(long entries, int depth) {
        int previous = at;
        int previousEnd = at;
        for (long left = entries; left > 0; left--) {
            int key = at;
            key();
            if (left < entries && Arrays.compareUnsigned(bytes, previous, previousEnd, bytes, key, at) >= 0) {
                throw refused("has map keys that do not ascend");
            }
            previous = key;
            previousEnd = at;
            item(depth);
        }
    }

    private void key() {
        int first = next();
        switch (first >> 5) {
            case NUMBER -> argument(first);
            case TEXT -> {
                int length = length(first);
                text(length);
                // The reader gives number keys as their digits, so a text key may not look like one.
                if (length <= Cbor.KEY_DIGITS && digits(at - length, at)) {
                    throw refused("has a text for a map key that must be a number");
                }
            }
            default -> throw refused("has a map key that is neither a number nor a text");
        }
    }

    private boolean digits(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private void text(int length) {
        boolean ascii = true;
        for (int i = at; i < at + length; i++) {
            if (bytes[i] == 0) {
                throw refused("holds a text with the NUL character");
            }
            ascii &= bytes[i] > 0;
        }
        if (!ascii) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
            } catch (CharacterCodingException e) {
                throw refused("holds a text that is not UTF-8");
            }
        }
        skip(length);
    }

    /** The length of a string that begins here and of which every byte is there. */
    private int length(int first) {
        long length = argument(first);
        if (length > bytes.length - at) {
            throw refused("is cut short");
        }
        return (int) length;
    }

    /** The number in an item's head: in the first byte, or in the 1, 2, 4 or 8 after it, never in more than it needs. */
    private long argument(int first) {
        int info = first & 31;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw refused("holds a tag, a float or an indefinite length");
        }
        int size = 1 << (info - 24);
        long argument = 0;
        for (int i = 0; i < size; i++) {
            argument = argument << 8 | next();
        }
        long least = size == 1 ? 24 : 1L << (size * 4);
        if (argument < least) {
            throw refused("holds a number longer than 63 bits, or written longer than it needs");
        }
        return argument;
    }

    private void skip(int length) {
        at += length;
    }

    private int next() {
        if (at >= bytes.length) {
            throw refused("is cut short");
        }
        return bytes[at++] & 0xff;
    }

    private WireException refused(String reason) {
        return new WireException(what + " " + reason + " (at byte " + at + ")");
    }
}
