package dev.heph.store.view;

import dev.heph.model.markdown.LinkRef;

/** The line of text around a link, cut to what fits on a screen. */
final class Line {
    /** UTF-16 units kept on either side of a link in a long line. */
    private static final int SIDE = 120;

    private static final String CUT = "…";

    private Line() {}

    static String around(String body, LinkRef link) {
        int end = body.indexOf('\n', link.end());
        int from = Math.max(link.lineStart(), link.start() - SIDE);
        int to = Math.min(end < 0 ? body.length() : end, link.end() + SIDE);
        // A surrogate pair is never cut.
        if (from > link.lineStart() && Character.isLowSurrogate(body.charAt(from))) {
            from++;
        }
        if (to < body.length() && Character.isLowSurrogate(body.charAt(to))) {
            to--;
        }
        boolean cutBefore = from > link.lineStart();
        boolean cutAfter = to < (end < 0 ? body.length() : end);
        return (cutBefore ? CUT : "") + body.substring(from, to).strip() + (cutAfter ? CUT : "");
    }
}
