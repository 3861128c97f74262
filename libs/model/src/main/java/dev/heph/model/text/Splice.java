package dev.heph.model.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Replace {@code deleted} UTF-16 units at {@code position} by {@code inserted}. In a list, every position is one of the text
 * before any of the splices; the list ascends and does not overlap.
 */
public record Splice(int position, int deleted, String inserted) {
    public Splice {
        if (position < 0 || deleted < 0 || deleted > Integer.MAX_VALUE - position) {
            throw new TextException("a splice at " + position + " of " + deleted + " units is out of range");
        }
        Characters.require(inserted);
    }

    int end() {
        return position + deleted;
    }

    /**
     * The same change without empty splices and with touching ones joined, so that between two splices there is at least
     * one character that stays.
     */
    public static List<Splice> joined(List<Splice> splices) {
        if (splices.size() == 1) {
            Splice only = splices.getFirst();
            return only.deleted == 0 && only.inserted.isEmpty() ? List.of() : splices;
        }
        List<Splice> joined = new ArrayList<>(splices.size());
        int end = -1;
        StringBuilder inserted = new StringBuilder();
        int start = 0;
        for (Splice splice : splices) {
            if (splice.deleted == 0 && splice.inserted.isEmpty()) {
                continue;
            }
            if (splice.position < end) {
                throw new TextException("splices must ascend without overlap; " + splice.position + " follows " + end);
            }
            if (splice.position > end) {
                if (end >= 0) {
                    joined.add(new Splice(start, end - start, inserted.toString()));
                }
                start = splice.position;
                inserted.setLength(0);
            }
            inserted.append(splice.inserted);
            end = splice.end();
        }
        if (end >= 0) {
            joined.add(new Splice(start, end - start, inserted.toString()));
        }
        return joined;
    }
}
