package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;

/** What may stand in a title, and in a text at all. */
final class Titles {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_BODY_LENGTH = 16 << 20;

    private Titles() {}

    /** The title as it is kept: without white space around it. */
    static String checked(Kind kind, String title) {
        String kept = checkedText("title", title).strip();
        if (NameFold.fold(kept).isEmpty()) {
            throw Params.invalid("a " + kind.word() + " needs a title");
        }
        if (kept.length() > MAX_LENGTH) {
            throw new HephException(Reason.TOO_LARGE, "a title has at most " + MAX_LENGTH + " characters, this one has " + kept.length()
                    + ": put the rest into the body");
        }
        if (kept.lines().count() > 1) {
            throw Params.invalid("a title is one line");
        }
        if (kind == Kind.JOURNAL) {
            day(kept);
        }
        return kept;
    }

    static LocalDate day(String title) {
        try {
            return LocalDate.parse(title);
        } catch (DateTimeException e) {
            throw Params.invalid("a journal's title is its day, like 2026-11-21, not '" + title + "'");
        }
    }

    static String checkedBody(String body) {
        if (body.length() > MAX_BODY_LENGTH) {
            throw new HephException(Reason.TOO_LARGE, "a body has at most "
                    + (MAX_BODY_LENGTH >> 20) + " million characters, this one has " + body.length() + ": split the note");
        }
        return checkedText("body", body);
    }

    /** Refuses what is no text: NUL, which no editor shows, and halves of surrogate pairs, which are no characters. */
    static String checkedText(String what, String text) {
        char[] units = text.toCharArray();
        for (int at = 0; at < units.length; at++) {
            if (units[at] == 0) {
                throw Params.invalid("the " + what + " has a NUL character at position " + at + ": it is not text");
            } else if (Character.isSurrogate(units[at]) && Character.charCount(Character.codePointAt(units, at++)) == 1) {
                throw Params.invalid("the " + what + " has half a surrogate pair in it: it is not text");
            }
        }
        return text;
    }
}
