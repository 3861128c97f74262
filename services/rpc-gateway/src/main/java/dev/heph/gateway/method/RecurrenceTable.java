package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;
import static dev.heph.gateway.method.Param.required;
import static dev.heph.gateway.method.Table.FLAG;
import static dev.heph.gateway.method.Table.ID;
import static dev.heph.gateway.method.Table.ID_OR_IDS;
import static dev.heph.gateway.method.Table.SOME_TEXT;

import java.util.List;
import java.util.stream.Stream;

/** The part of the table that is about tasks that repeat. */
final class RecurrenceTable {
    private static final Type LOCAL_TIME = new Type.LocalTime();

    static final Type ON_MISSED = new Type.Word(List.of("latest", "all", "keep"));

    /** How a task repeats. */
    static final List<Param> HOW = List.of(
            optional("rule", SOME_TEXT, "how it repeats: an RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO"),
            optional("after_done", FLAG, "true: counted from the day on which the one before was done"),
            optional("start", LOCAL_TIME, "from when it repeats; its do-date, its late-on or today without"),
            optional("on_missed", ON_MISSED,
                    "what dates that passed leave: latest the newest alone, keep the oldest until it is closed, all each of them; latest without"));

    private RecurrenceTable() {}

    static List<Method> of(Handlers handlers) {
        Handler store = handlers.forward();
        return List.of(
                new Method("task.set_recurrence", "Makes a task repeat, repeat otherwise, or, without a rule, repeat no more",
                        Stream.concat(Stream.of(ID), HOW.stream()).toList(), "Node", false, store),
                new Method("task.skip", "Passes an occurrence of a task over", ID_OR_IDS, "NodeOrTaskChange", false, store),
                new Method("task.occurrences", "What became of the occurrences of a task, and which come next",
                        List.of(ID, optional("limit", new Type.Whole(1, 10_000), "how many past ones at most; 50 without")),
                        "Occurrences", false, store),
                new Method("task.coming", "What is to come of the tasks that repeat, after where they stand",
                        List.of(required("until", new Type.Day(), "the last day"),
                                optional("limit", new Type.Whole(1, 10_000), "how many at most; 1,000 without")),
                        "Coming", false, store),
                new Method("recur.preview", "The dates of a rule, or of words for one",
                        List.of(
                                required("rule", SOME_TEXT, "an RRULE, or words: every 2 weeks on mon,thu"),
                                optional("from", LOCAL_TIME, "where it starts; today without"),
                                optional("zone", SOME_TEXT, "an IANA zone, such as Europe/Berlin; a time on any wall without"),
                                optional("until", LOCAL_TIME, "no date after this"),
                                optional("count", new Type.Whole(1, 10_000), "how many at most; 10, or with until 10,000 without")),
                        "RuleDates", false, handlers.recur()));
    }
}
