package dev.heph.model.filter;

/**
 * Which signs are words to the search: pictures, whatever their colour of skin, and flags. Arrows, boxes and the like are none, although
 * some fonts draw them in colours: who looks for {@code "a b"} finds {@code a → b} (Unicode Technical Standard 51 has the terms).
 */
public final class Emoji {
    private static final int PICTURES = 0x1F000;
    private static final int DINGBATS = 0x2600;

    private Emoji() {}

    /** Also those of a later Unicode than this JDK's, whose places are kept for them. */
    public static boolean isPicture(int point) {
        return point >= PICTURES ? Character.isExtendedPictographic(point)
                : point >= DINGBATS ? Character.isEmoji(point)
                : point >= 0x2300 && Character.isEmojiPresentation(point);
    }

    /** Half of a flag, which is the two letters of its country. */
    public static boolean isHalfOfAFlag(int point) {
        return point >= 0x1F1E6 && point <= 0x1F1FF;
    }

    /** What changes the look of what stands before it: a colour of skin, the box of a key, the region of a flag. */
    public static boolean isLook(int point) {
        return point >= 0x1F3FB && point <= 0x1F3FF || point == 0x20E3 || point >= 0xE0020 && point <= 0xE007F;
    }
}
