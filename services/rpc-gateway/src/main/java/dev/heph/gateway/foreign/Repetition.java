package dev.heph.gateway.foreign;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heph.model.capture.CaptureException;
import dev.heph.model.capture.Repeat;
import dev.heph.model.date.Now;
import java.io.IOException;
import java.util.Optional;

/**
 * How a task of another program repeats.
 *
 * @param rule an RRULE value
 * @param time ISO local time: without a do-date it begins at this time of the day of the import, whenever it is late
 */
record Repetition(String rule, boolean afterDone, Optional<String> time) {
    /** What heph's own words for it mean; empty if they are none. */
    static Optional<Repetition> inWords(String words, Now now) {
        try {
            Repeat repeat = Repeat.parse(words, now);
            return Optional.of(new Repetition(repeat.rule(), repeat.afterDone(), Optional.empty()));
        } catch (CaptureException none) {
            return Optional.empty();
        }
    }

    Repetition at(String newTime) {
        return new Repetition(rule, afterDone, Optional.of(newTime));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("rule", rule);
        if (afterDone) {
            json.writeBooleanField("after_done", true);
        }
        if (time.isPresent()) {
            json.writeStringField("time", time.get());
        }
    }
}
