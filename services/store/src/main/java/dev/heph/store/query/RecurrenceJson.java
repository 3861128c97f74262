package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.capture.Repeat;
import dev.heph.model.checklist.Box;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Occurrence;
import dev.heph.model.recur.Past;
import dev.heph.model.recur.Recurrence;
import dev.heph.runtime.Json;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Recurrences as docs/reference/rpc.md shows them. */
public final class RecurrenceJson {
    private RecurrenceJson() {}

    /** How a task repeats, and where it stands. */
    static ObjectNode of(Recurring.Definition definition, Optional<Recurring.Due> due) {
        Recurrence recurrence = definition.recurrence();
        ObjectNode json = Json.object()
                .put("words", new Repeat(recurrence.rule().toString(), recurrence.afterDone()).words())
                .put("rule", recurrence.rule().toString())
                .put("after_done", recurrence.afterDone())
                .put("start", Recurring.stored(recurrence.start(), recurrence))
                .put("on_missed", recurrence.missed().word());
        due.ifPresent(now -> json.put("occurrence", Recurring.stored(now.occurrence().start(), recurrence)).put("missed", now.missed()));
        return json;
    }

    /**
     * What was, with a line of marks, what is now, and what is to come.
     *
     * @param lists the list of each; of one that was missed only if somebody had begun with it
     */
    public static ObjectNode history(Recurring.Definition definition, ZonedDateTime now, int most, int coming, Function<Id, List<Box>> lists) {
        Recurrence recurrence = definition.recurrence();
        var occurrences = definition.occurrences();
        ObjectNode json = Json.object();
        StringBuilder marks = new StringBuilder();
        ArrayNode past = json.putArray("past");
        for (Past one : occurrences.history(now, most)) {
            marks.append(one.mark());
            List<Box> list = lists.apply(one.occurrence().id());
            boolean shown = one.closed().isPresent() || list.stream().anyMatch(box -> !box.mark().equals(Box.EMPTY));
            past.add(occurrence(one.occurrence(), recurrence, shown ? list : List.of())
                    .put("state", one.closed().map(closed -> closed.outcome().name().toLowerCase(Locale.ROOT)).orElse("missed"))
                    .put("closed", one.closed().map(closed -> closed.at().toString()).orElse(null)));
        }
        json.put("marks", marks.toString());
        ArrayNode active = json.putArray("active");
        occurrences.active(now).forEach(one -> active.add(occurrence(one, recurrence, lists.apply(one.id()))));
        ArrayNode next = json.putArray("coming");
        occurrences.coming(now).limit(coming).forEach(one -> next.add(occurrence(one, recurrence, List.of())));
        return json.put("missed", recurrence.missed() == Missed.ALL ? 0 : occurrences.missed(now));
    }

    private static ObjectNode occurrence(Occurrence occurrence, Recurrence recurrence, List<Box> list) {
        ObjectNode json = Json.object().put("id", occurrence.id().toString()).put("start", Recurring.stored(occurrence.start(), recurrence));
        if (!list.isEmpty()) {
            ArrayNode lines = json.putArray("list");
            list.forEach(box -> lines.addObject().put("title", box.text()).put("mark", box.mark())
                    .put("state", (box.done() ? State.DONE : State.OUTSTANDING).word()));
        }
        return json;
    }
}
