package dev.heph.model.recur;

/** Text that is no recurrence rule. The message says in one line what was written, and why it is none. */
public class RuleException extends IllegalArgumentException {
    private static final int MOST_SHOWN = 80;

    RuleException(String text, String why) {
        super("'%s' is no repetition: %s".formatted(shown(text.replaceAll("\\R", " ")), why));
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
