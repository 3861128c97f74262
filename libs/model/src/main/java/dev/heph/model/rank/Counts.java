package dev.heph.model.rank;

/**
 * How much there is, offered or not, by each task's own attention and dates: never rounded, never calmed.
 *
 * @param late late-on has passed, also of what is on deck
 * @param active all that is not blue
 * @param onDeck all that is blue
 */
public record Counts(int late, int red, int orange, int active, int onDeck) {
    /** More orange tasks than this are not top of mind any more (spec §7). */
    public static final int MOST_ORANGE = 6;

    /** More active tasks than this are no working set any more (spec §7: about 30). */
    public static final int MOST_ACTIVE = 30;

    static Counts of(Iterable<Standing> standings) {
        int late = 0;
        int red = 0;
        int orange = 0;
        int white = 0;
        int blue = 0;
        for (Standing standing : standings) {
            late += standing.ownLate() ? 1 : 0;
            switch (standing.task().attention()) {
                case RED -> red++;
                case ORANGE -> orange++;
                case WHITE -> white++;
                case BLUE -> blue++;
            }
        }
        return new Counts(late, red, orange, red + orange + white, blue);
    }

    public boolean tooManyOrange() {
        return orange > MOST_ORANGE;
    }

    public boolean tooManyActive() {
        return active > MOST_ACTIVE;
    }
}
