package dev.heph.model.text;

/** What may stand in a text: every Unicode character but NUL, which neither C strings nor databases carry safely. */
final class Characters {
    private Characters() {}

    /** Whole bodies pass through here several times, so what is usual is told fast: no NUL, and nothing beyond the first plane. */
    static void require(String text) {
        int nul = text.indexOf(0);
        if (nul >= 0) {
            throw new TextException("a text cannot hold the NUL character (at " + nul + ")");
        }
        char[] units = text.toCharArray();
        for (int i = 0; i < units.length; i++) {
            if (units[i] >= Character.MIN_SURROGATE && units[i] <= Character.MAX_SURROGATE) {
                boolean paired = Character.isHighSurrogate(units[i]) && i + 1 < units.length && Character.isLowSurrogate(units[i + 1]);
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
