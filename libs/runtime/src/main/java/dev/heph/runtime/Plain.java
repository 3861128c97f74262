package dev.heph.runtime;

/** Strangers' words, fit for a terminal and a log: whoever answers at an address may send what moves a cursor or turns letters round. */
public final class Plain {
    private static final int LONGEST = 300;

    private Plain() {}

    /** On one line, at most 300 characters, and nothing but what is seen. */
    public static String line(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}
