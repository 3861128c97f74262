package dev.heph.model.text;

/** What may stand in a text: every Unicode character but NUL, which neither C strings nor databases carry safely. */
final class Characters {
    private Characters() {}

    /** Whole bodies pass through here several times: one look at each unit. */
    static void require(String text) {
        char[] units = text.toCharArray();
        for (int at = 0; at < units.length; at++) {
            char unit = units[at];
            if (unit == 0) {
                throw new TextException("a text cannot hold the NUL character (at " + at + ")");
            } else if (unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE) {
                boolean paired = Character.isHighSurrogate(unit) && at + 1 < units.length && Character.isLowSurrogate(units[at + 1]);
                if (!paired) {
                    throw new TextException("half of a surrogate pair (at " + at + ") is not a character");
                }
                at++;
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
