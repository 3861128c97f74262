package dev.heph.suite;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command left. */
public record Said(int exitCode, String out, String err) {
    /** @return what it printed, when it worked */
    public String ok() {
        assertThat(exitCode).as("exit code; it said: %s%s", out, err).isZero();
        return out;
    }

    /** @return the one line for a person that it failed with */
    public String failure(int expected) {
        assertThat(exitCode).as("exit code; it said: %s%s", out, err).isEqualTo(expected);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("heph: ").hasLineCount(1);
        return err;
    }
}
