package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;
import static dev.heph.gateway.method.Param.required;
import static dev.heph.gateway.method.Table.AFTER;
import static dev.heph.gateway.method.Table.LIMIT;
import static dev.heph.gateway.method.Table.SOME_TEXT;
import static dev.heph.gateway.method.Table.TEXT;

import java.util.List;

/** The part of the table that is about what devices disagree on. */
final class ConflictTable {
    private ConflictTable() {}

    static List<Method> of(Handler store) {
        return List.of(
                new Method("conflicts.list", "What devices that were apart disagree on, and what each side says", List.of(LIMIT, AFTER),
                        "Conflicts", false, store),
                new Method("conflicts.resolve", "Settles a conflict, on every device",
                        List.of(
                                required("id", SOME_TEXT, "the conflict's id, or its end: 4 letters or more"),
                                optional("choice", SOME_TEXT, "the number of a side, from 1; merged: a text as it is, with the words of all sides"),
                                optional("value", TEXT, "instead of choice another value: a title, a word, an ISO date, an id, the lines of a text;"
                                        + " none for no date, project or parent"),
                                optional("base", SOME_TEXT, "the rev that came with a text whose lines value is: what came since stays")),
                        "Settled", false, store));
    }
}
