package dev.heph.store.history;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.store.replica.Deed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one action did to a node, all at once.
 *
 * @param number from 1, the oldest first; 0 of what people do not see
 */
record Row(int number, List<Happened> ops) {
    /** The ops of a course by their actions, in its order. */
    static List<Row> of(List<Happened> course) {
        List<Row> rows = new ArrayList<>();
        int shown = 0;
        for (int from = 0, to = 1; from < course.size(); from = to++) {
            while (to < course.size() && course.get(to).action().equals(course.get(from).action())) {
                to++;
            }
            List<Happened> ops = course.subList(from, to);
            rows.add(new Row(ops.stream().flatMap(Aspect::of).anyMatch(Aspect::isShown) ? ++shown : 0, ops));
        }
        return rows;
    }

    Id action() {
        return ops.getFirst().action();
    }

    private String verb() {
        return Deed.verb(ops.stream().map(Happened::op));
    }

    /** What each action did, in a word or two: {@code done}, {@code make red}, {@code undo rename}. */
    static Map<Id, String> verbs(List<Row> rows) {
        Map<Id, Row> undone = new HashMap<>();
        rows.forEach(row -> undone.put(DerivedId.undo(row.action()), row));
        Map<Id, String> verbs = new HashMap<>();
        for (Row row : rows) {
            Row first = row;
            boolean back = false;
            while (undone.containsKey(first.action())) {
                first = undone.get(first.action());
                back = !back;
            }
            verbs.put(row.action(), first == row ? row.verb() : (back ? "undo " : "redo ") + first.verb());
        }
        return verbs;
    }
}
