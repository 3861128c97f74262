package dev.heph.model.date;

/** What a person typed, as a message may repeat it: long texts are cut, and control characters never reach a terminal. */
public final class Quoted {
    private static final int SHOWN_CHARACTERS = 40;

    private Quoted() {}

    /** {@code text} between single quotes, on one line. */
    public static String of(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.codePointCount(0, plain.length()) <= SHOWN_CHARACTERS
                ? "'%s'".formatted(plain)
                : "'%s…'".formatted(plain.substring(0, plain.offsetByCodePoints(0, SHOWN_CHARACTERS)));
    }
}
