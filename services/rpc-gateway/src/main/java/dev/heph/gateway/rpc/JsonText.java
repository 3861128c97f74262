package dev.heph.gateway.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reading JSON without building anything from it, and telling a person what is wrong with it. */
public final class JsonText {
    /** The limits that matter are our own (a line's length, its depth); Jackson's stay out of their way. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(1_000_000)
                    .build())
            .build();

    private static final int QUOTED_CHARACTERS = 60;
    private static final int COMPLAINT_CHARACTERS = 200;

    /** The parser's own words for a place; the byte is said already. */
    private static final Pattern PLACE = Pattern.compile(" ?\\(start marker at .*| at \\[Source.*");

    private JsonText() {}

    /** A client's text as a message may repeat it: not too long, and nothing that disturbs a terminal. */
    public static String quote(String text) {
        return "'" + printable(text, QUOTED_CHARACTERS) + "'";
    }

    /** Where and why reading stopped, for a person. */
    static String complaint(JsonProcessingException e) {
        String what = PLACE.matcher(e.getOriginalMessage().lines().findFirst().orElse("unreadable")).replaceFirst("");
        String words = what.isEmpty() ? what : what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1);
        String where = e.getLocation() == null ? "" : " (at byte " + (e.getLocation().getByteOffset() + 1) + ")";
        return printable(words, COMPLAINT_CHARACTERS) + where;
    }

    private static String printable(String text, int limit) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(limit).forEach(c -> shown.appendCodePoint(unprintable(c) ? '\uFFFD' : c));
        return text.codePointCount(0, text.length()) > limit ? shown.append('…').toString() : shown.toString();
    }

    private static boolean unprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE || type == Character.FORMAT;
    }
}
