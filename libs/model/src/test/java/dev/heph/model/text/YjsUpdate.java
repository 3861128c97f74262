package dev.heph.model.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An edit as an update of Yjs, format 1. Yjs counts UTF-16 units: so only for texts in which these are code points. */
final class YjsUpdate {
    private static final int STRING = 4;
    private static final int HAS_LEFT = 0x80;
    private static final int HAS_RIGHT = 0x40;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private YjsUpdate() {}

    static byte[] of(TextEdit edit) {
        YjsUpdate update = new YjsUpdate();
        update.runs(edit);
        update.deletes(edit.deletes());
        return update.out.toByteArray();
    }

    private void runs(TextEdit edit) {
        number(edit.runs().isEmpty() ? 0 : 1);
        if (!edit.runs().isEmpty()) {
            number(edit.runs().size());
            number(edit.client());
            number(edit.clock());
        }
        for (Run run : edit.runs()) {
            out.write(STRING | (run.left() == null ? 0 : HAS_LEFT) | (run.right() == null ? 0 : HAS_RIGHT));
            neighbour(run.left());
            neighbour(run.right());
            if (run.left() == null && run.right() == null) {
                number(1);
                string("text");
            }
            string(run.text());
        }
    }

    private void neighbour(CharId id) {
        if (id != null) {
            number(id.client());
            number(id.clock());
        }
    }

    private void deletes(List<DeleteRange> deletes) {
        Map<Long, List<DeleteRange>> byClient = deletes.stream()
                .collect(Collectors.groupingBy(DeleteRange::client, TreeMap::new, Collectors.toList()));
        number(byClient.size());
        byClient.forEach((client, ranges) -> {
            number(client);
            number(ranges.size());
            ranges.forEach(range -> {
                number(range.clock());
                number(range.length());
            });
        });
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void number(long value) {
        long rest = value;
        for (; rest > 0x7F; rest >>>= 7) {
            out.write((int) (rest & 0x7F | 0x80));
        }
        out.write((int) rest);
    }
}
