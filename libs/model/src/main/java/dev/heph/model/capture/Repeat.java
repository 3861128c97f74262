package dev.heph.model.capture;

import dev.heph.model.date.Now;
import dev.heph.model.date.Quoted;
import dev.heph.model.recur.Rule;
import dev.heph.model.recur.RuleException;
import java.util.List;

/**
 * How a task repeats ("repetitions" in docs/design/capture.md).
 *
 * @param rule      an RRULE value (RFC 5545, 3.3.10), as in {@code FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH}
 * @param afterDone whether the next one is counted from the day on which this one is done, not from the day on which it was due
 */
public record Repeat(String rule, boolean afterDone) {
    /** Reads {@code every 2 weeks on mon,thu}, {@code every month after done}, {@code FREQ=DAILY}; throws {@link CaptureException}. */
    public static Repeat parse(String words, Now now) {
        List<String> all = Capture.words(words);
        List<String> rest = !all.isEmpty() && all.getFirst().equalsIgnoreCase(LineReader.EVERY) ? all.subList(1, all.size()) : all;
        return RepeatReader.longest(rest, now)
                .filter(run -> run.words() == rest.size())
                .map(RepeatReader.Run::repeat)
                .orElseThrow(() -> new CaptureException(("%s is no repetition. Try: every day, every 2 weeks on mon,thu, "
                        + "every last friday, every month after done").formatted(Quoted.of(String.join(" ", all)))));
    }

    /** The words that {@link #parse} reads as this; for a rule that no words make, the rule itself, which is read too. */
    public String words() {
        return RepeatSpeech.of(rule).or(() -> RepeatSpeech.of(canonical())).orElse(rule) + (afterDone ? " after done" : "");
    }

    /** A rule from elsewhere may have its parts in another order. */
    private String canonical() {
        try {
            return Rule.parse(rule).toString();
        } catch (RuleException foreign) {
            return rule;
        }
    }
}
