package dev.heph.model.text;

/** How much two strings have in common at their ends, in UTF-16 units. */
final class Common {
    private Common() {}

    static int prefix(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int length = 0;
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    /** The common end that does not overlap a common beginning of {@code prefix} units. */
    static int suffix(String one, String other, int prefix) {
        int most = Math.min(one.length(), other.length()) - prefix;
        int length = 0;
        while (length < most && one.charAt(one.length() - length - 1) == other.charAt(other.length() - length - 1)) {
            length++;
        }
        return length;
    }
}
