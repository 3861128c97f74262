package dev.heph.suite;

/** A device as who sits at it has it: commands, and what they say. */
@FunctionalInterface
public interface Seat {
    /** Runs a command to its end. @param input what comes from its pipe */
    Said type(String input, String... words);

    /** @return what it printed; that it worked and said nothing else is checked */
    default String heph(String... words) {
        return type("", words).ok();
    }
}
