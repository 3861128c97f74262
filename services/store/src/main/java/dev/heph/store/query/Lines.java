package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Places of a text as the language server protocol has them: a line and a character in it, in UTF-16 units, both from 0. */
final class Lines {
    private final String text;
    private final int[] starts;

    Lines(String text) {
        this.text = text;
        this.starts = IntStream.concat(IntStream.of(0),
                        IntStream.range(0, text.length()).filter(at -> text.charAt(at) == '\n').map(at -> at + 1))
                .toArray();
    }

    int endOfLine(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    ObjectNode range(int start, int end) {
        ObjectNode range = Json.object();
        range.set("start", place(start));
        range.set("end", place(end));
        return range;
    }

    private ObjectNode place(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return Json.object().put("line", line).put("character", offset - starts[line]);
    }
}
