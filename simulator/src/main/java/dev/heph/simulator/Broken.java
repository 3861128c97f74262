package dev.heph.simulator;

/** Something that must always hold does not. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String what) {
        super(what);
    }

    static void unless(boolean holds, String what, Object... about) {
        if (!holds) {
            throw new Broken(String.format(what, about));
        }
    }
}
