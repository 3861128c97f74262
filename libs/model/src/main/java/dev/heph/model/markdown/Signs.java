package dev.heph.model.markdown;

/** Cheap looks at a text that save the expensive ones. */
final class Signs {
    private Signs() {}

    /** False only for a body without links, tags, headings, blocks to link to and checkboxes from offset {@code from} on. */
    static boolean mayHoldAnything(String body, int from) {
        return mayHoldLinkOrTag(body, from, body.length()) || body.indexOf('^', from) >= 0 || mayHoldUnderline(body, from);
    }

    static boolean mayHoldLinkOrTag(String text, int from, int to) {
        return text.indexOf('[', from, to) >= 0 || text.indexOf('#', from, to) >= 0;
    }

    /** Whether a line, nested or not, consists of what underlines a setext heading. */
    private static boolean mayHoldUnderline(String body, int from) {
        int at = from;
        while (at < body.length()) {
            int rest = skip(body, at, " \t>");
            int underlined = skip(body, rest, body.startsWith("=", rest) ? "=" : "-");
            if (underlined > rest && isLineEnd(body, skip(body, underlined, " \t"))) {
                return true;
            }
            at = lineEnd(body, rest) + 1;
        }
        return false;
    }

    private static int lineEnd(String body, int from) {
        int feed = body.indexOf('\n', from);
        int end = feed < 0 ? body.length() : feed;
        int carriage = body.indexOf('\r', from, end);
        return carriage < 0 ? end : carriage;
    }

    private static boolean isLineEnd(String body, int at) {
        return at >= body.length() || body.charAt(at) == '\n' || body.charAt(at) == '\r';
    }

    private static int skip(String body, int from, String units) {
        int at = from;
        while (at < body.length() && units.indexOf(body.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
