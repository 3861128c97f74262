package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What a command left: its exit code and what it wrote. */
record Outcome(int exitCode, byte[] bytes, String err) {

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** It worked and had nothing to remark. */
    Outcome ok() {
        return exits(0);
    }

    Outcome exits(int expected) {
        assertThat(exitCode).as("exit code; it said: %s%s", out(), err).isEqualTo(expected);
        return this;
    }

    /** The one line, JSON, that it printed. */
    JsonNode json() {
        assertThat(out()).endsWith("\n").hasLineCount(1);
        return Json.read(out());
    }

    /**
     * It failed as a command should: that exit code, nothing on standard output, one line for a person on standard error.
     *
     * @return the line, without {@code heph: }
     */
    String failure(int expected) {
        exits(expected);
        assertThat(out()).isEmpty();
        return remark();
    }

    /** The one line on standard error, without {@code heph: }. That the daemon was started on the way does not count. */
    String remark() {
        String said = err.replace("heph: starting the daemon…\n", "");
        assertThat(said)
                .startsWith("heph: ")
                .endsWith("\n")
                .hasLineCount(1)
                .doesNotContain("Exception")
                .doesNotContain("dev.heph");
        return said.substring("heph: ".length()).strip();
    }
}
