package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;
import static dev.heph.gateway.method.Param.required;
import static dev.heph.gateway.method.Table.AFTER;
import static dev.heph.gateway.method.Table.FLAG;
import static dev.heph.gateway.method.Table.SOME_TEXT;

import java.util.List;

/** The part of the table that is about what was. */
final class HistoryTable {
    private static final Param ID = required("id", SOME_TEXT, "a node's id, or its end; of a deleted one also the title");
    private static final Param DRY_RUN = optional("dry_run", FLAG, "true: only say what it would change");

    private HistoryTable() {}

    static List<Method> of(Handler store) {
        return List.of(
                new Method("history", "What happened to a node, the last first; it may be deleted",
                        List.of(ID, optional("limit", new Type.Whole(1, 1_000), "how many rows at most; 50 without"), AFTER),
                        "History", false, store),
                new Method("node.restore", "Brings a node back to how it was",
                        List.of(ID,
                                optional("to", SOME_TEXT, "the number or id of a row of its history, or a moment: a local ISO date"
                                        + " or date-time, or an instant; without it a deleted node comes back"),
                                DRY_RUN),
                        "Restored", false, store),
                new Method("restore", "Brings everything back to how it was, as one action",
                        List.of(required("to", SOME_TEXT, "a moment: a local ISO date or date-time, or an instant"), DRY_RUN),
                        "AllRestored", false, store));
    }
}
