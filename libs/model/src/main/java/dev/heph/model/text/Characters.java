package dev.heph.model.text;

/** What may stand in a text: every Unicode character but NUL, which neither C strings nor databases carry safely. */
final class Characters {
    private Characters() {}

    static void require(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new TextException("a text cannot hold the NUL character (at " + i + ")");
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw new TextException("half of a surrogate pair (at " + i + ") is not a character");
                }
                i++;
            }
        }
    }

    /** Whether a cut at {@code position} would fall between the halves of a surrogate pair. */
    static boolean splitsPair(CharSequence text, int position) {
        return position > 0 && position < text.length()
                && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1));
    }
}
