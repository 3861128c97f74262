package dev.heph.model.id;

import java.util.Arrays;
import java.util.Optional;

/** Crockford's base 32 as the ULID specification uses it: 26 letters for 128 bits, the first letter at most 7. */
final class Ulid {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < ALPHABET.length; value++) {
            VALUES[ALPHABET[value]] = (byte) value;
            VALUES[Character.toLowerCase(ALPHABET[value])] = (byte) value;
        }
        for (char like1 : "IiLl".toCharArray()) {
            VALUES[like1] = 1;
        }
        VALUES['O'] = VALUES['o'] = 0;
    }

    private Ulid() {}

    static String encode(Id id) {
        char[] text = new char[Id.LETTERS];
        long high = id.high();
        long low = id.low();
        for (int at = Id.LETTERS - 1; at >= 0; at--) {
            text[at] = ALPHABET[(int) (low & 31)];
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(text);
    }

    static Optional<Id> decode(String text) {
        if (text.length() != Id.LETTERS) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int at = 0; at < Id.LETTERS; at++) {
            char letter = text.charAt(at);
            int value = letter < 128 ? VALUES[letter] : -1;
            if (value < 0 || (at == 0 && value > 7)) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | value;
        }
        return Optional.of(new Id(high, low));
    }
}
