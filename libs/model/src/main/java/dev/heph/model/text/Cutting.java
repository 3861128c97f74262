package dev.heph.model.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts one large edit into pieces that fit into ops; sizes are estimated from above, so no piece is over the limit. */
final class Cutting {
    /** Bytes that a run takes beside its text, a delete and an undelete: two references of a client's index and a clock. */
    private static final int RUN_BYTES = 24;

    private static final int DELETE_BYTES = 16;
    private static final int UNDELETE_BYTES = 48;

    /** UTF-8 takes at most three bytes for a UTF-16 unit. */
    private static final int UNIT_BYTES = 3;

    private final TextEdit edit;
    private final int maxBytes;
    private final List<TextEdit> pieces = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<DeleteRange> deletes = new ArrayList<>();
    private final List<Undelete> undeletes = new ArrayList<>();
    private long clock;
    private long next;
    private int room;

    Cutting(TextEdit edit, int maxBytes) {
        if (maxBytes < RUN_BYTES + UNDELETE_BYTES) {
            throw new TextException("pieces of " + maxBytes + " bytes cannot hold every part of an edit");
        }
        this.edit = edit;
        this.maxBytes = maxBytes;
        this.clock = edit.clock();
        this.next = edit.clock();
        this.room = maxBytes;
    }

    List<TextEdit> pieces() {
        edit.runs().forEach(this::add);
        for (DeleteRange delete : edit.deletes()) {
            need(DELETE_BYTES);
            deletes.add(delete);
        }
        for (Undelete undelete : edit.undeletes()) {
            need(UNDELETE_BYTES);
            undeletes.add(undelete);
        }
        end();
        return List.copyOf(pieces);
    }

    private void add(Run run) {
        String text = run.text();
        CharId left = run.left();
        int from = 0;
        while (from < text.length()) {
            // Room for the run itself and at least one character, which may be a surrogate pair.
            if (room < RUN_BYTES + 2 * UNIT_BYTES) {
                end();
            }
            int to = Math.min(text.length(), from + (room - RUN_BYTES) / UNIT_BYTES);
            if (Characters.splitsPair(text, to)) {
                to--;
            }
            Run part = new Run(left, run.right(), text.substring(from, to));
            runs.add(part);
            room -= RUN_BYTES + (to - from) * UNIT_BYTES;
            next += part.length();
            left = new CharId(edit.client(), next - 1);
            from = to;
        }
    }

    private void need(int bytes) {
        if (room < bytes) {
            end();
        }
        room -= bytes;
    }

    private void end() {
        pieces.add(new TextEdit(edit.client(), clock, runs, deletes, undeletes));
        runs.clear();
        deletes.clear();
        undeletes.clear();
        clock = next;
        room = maxBytes;
    }
}
