package dev.heph.model.text;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The saved form of a text, version 1, or 2 if something in it is {@link Spared}. All numbers are varints; differences are zigzagged.
 * <pre>
 * "hT", 1 or 2
 * authors: count, per author in ascending order: client, UTF-8 length, UTF-8 of everything it wrote
 * devices: count, per device: 16 bytes
 * marks:   count, per distinct set: size, per mark: device index * 2 + (0 deleted | 1 cancelled),
 *          seq - the seq that this device had last here
 *          version 2: device index * 3 + (0 | 1 | 2 deleted, but spared for), seq as before, after a 2 count, per op: 16 bytes, seq
 * items:   count, per item in reading order: author index, clock - end of that author's previous item here, length,
 *          left and right neighbour (0 none, or author index + 1 and clock - the item's clock), marks index + 1 or 0
 * CRC-32C of all that, 4 bytes
 * </pre>
 */
final class SavedText {
    private static final byte[] HEADER = {'h', 'T', 1};
    private static final byte[] HEADER_SPARED = {'h', 'T', 2};

    /** In how many ways a delete can be there, in each version. */
    private static final int KINDS = 2;
    private static final int KINDS_SPARED = 3;

    private SavedText() {}

    static byte[] save(SortedMap<Long, Author> authors, Sequence sequence) {
        SavedBytes.Writer out = new SavedBytes.Writer();
        List<Item> items = joined(sequence);
        boolean spared = items.stream().flatMap(item -> item.marks.list().stream()).anyMatch(mark -> !mark.spared().isEmpty());
        out.bytes(spared ? HEADER_SPARED : HEADER);
        out.number(authors.size());
        Map<Long, Integer> indexes = new LinkedHashMap<>();
        for (Author author : authors.values()) {
            indexes.put(author.client, indexes.size());
            byte[] written = author.written().getBytes(StandardCharsets.UTF_8);
            out.number(author.client);
            out.number(written.length);
            out.bytes(written);
        }
        Map<Marks, Integer> marks = saveMarks(out, items, spared ? KINDS_SPARED : KINDS);
        saveItems(out, items, indexes, marks);
        return out.checked();
    }

    /** The items in reading order, those that are one again after an earlier split as one. */
    private static List<Item> joined(Sequence sequence) {
        List<Item> joined = new ArrayList<>();
        Item grown = null;
        for (Item item = sequence.first(); item != null; item = item.next) {
            if (grown != null && grown.joins(item)) {
                grown.length += item.length;
                continue;
            }
            grown = new Item(item.author, item.clock, item.from, item.length, 0, item.left, item.right, item.marks);
            joined.add(grown);
        }
        return joined;
    }

    private static Map<Marks, Integer> saveMarks(SavedBytes.Writer out, List<Item> items, int kinds) {
        Map<Marks, Integer> marks = new LinkedHashMap<>();
        marks.put(Marks.NONE, 0);
        Map<DeviceId, Integer> devices = new LinkedHashMap<>();
        for (Item item : items) {
            if (marks.putIfAbsent(item.marks, marks.size()) == null) {
                item.marks.list().forEach(mark -> devices.putIfAbsent(mark.op().device(), devices.size()));
            }
        }
        out.number(devices.size());
        devices.keySet().forEach(device -> out.bytes(device.bytes()));
        long[] seqs = new long[devices.size()];
        out.number(marks.size() - 1);
        marks.keySet().stream().skip(1).forEach(each -> {
            out.number(each.list().size());
            for (Marks.Mark mark : each.list()) {
                int device = devices.get(mark.op().device());
                out.number(device * (long) kinds + (mark.cancelled() ? 1 : mark.spared().isEmpty() ? 0 : 2));
                out.difference(mark.op().seq() - seqs[device]);
                seqs[device] = mark.op().seq();
                if (!mark.spared().isEmpty()) {
                    out.number(mark.spared().size());
                    mark.spared().forEach(op -> {
                        out.bytes(op.device().bytes());
                        out.number(op.seq());
                    });
                }
            }
        });
        return marks;
    }

    private static void saveItems(
            SavedBytes.Writer out, List<Item> items, Map<Long, Integer> authors, Map<Marks, Integer> marks) {
        int[] ends = new int[authors.size()];
        out.number(items.size());
        for (Item item : items) {
            int author = authors.get(item.author.client);
            out.number(author);
            out.difference(item.clock - ends[author]);
            out.number(item.length);
            saveNeighbour(out, item, item.left, authors);
            saveNeighbour(out, item, item.right, authors);
            out.number(marks.get(item.marks));
            ends[author] = item.end();
        }
    }

    private static void saveNeighbour(SavedBytes.Writer out, Item item, CharId neighbour, Map<Long, Integer> authors) {
        if (neighbour == null) {
            out.number(0);
        } else {
            out.number(authors.get(neighbour.client()) + 1);
            out.difference(neighbour.clock() - item.clock);
        }
    }

    static Text load(byte[] saved) {
        boolean spared = saved.length > 2 && saved[2] == HEADER_SPARED[2];
        SavedBytes.Reader in = SavedBytes.Reader.checked(saved, spared ? HEADER_SPARED : HEADER);
        SortedMap<Long, Author> authors = new TreeMap<>();
        List<Author> indexes = loadAuthors(in, authors);
        List<Marks> marks = loadMarks(in, spared ? KINDS_SPARED : KINDS);
        List<List<Item>> byAuthor = new ArrayList<>(indexes.size());
        indexes.forEach(author -> byAuthor.add(new ArrayList<>()));
        List<Item> items = loadItems(in, indexes, marks, byAuthor);
        in.end();
        Sequence sequence = new Sequence();
        for (int index = 0; index < indexes.size(); index++) {
            indexes.get(index).restore(byAuthor.get(index));
        }
        items.forEach(item -> sequence.insertAfter(sequence.last(), item));
        return new Text(authors, sequence);
    }

    private static List<Author> loadAuthors(SavedBytes.Reader in, SortedMap<Long, Author> authors) {
        int count = in.count();
        List<Author> indexes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long client = in.number(CharId.MAX_CLIENT);
            if (!authors.isEmpty() && client <= authors.lastKey()) {
                throw new TextException("the saved authors are out of order");
            }
            Author author = new Author(client, new String(in.bytes(in.count()), StandardCharsets.UTF_8));
            authors.put(client, author);
            indexes.add(author);
        }
        return indexes;
    }

    private static List<Marks> loadMarks(SavedBytes.Reader in, int kinds) {
        int deviceCount = in.count();
        List<DeviceId> devices = new ArrayList<>(deviceCount);
        for (int i = 0; i < deviceCount; i++) {
            devices.add(DeviceId.of(in.bytes(Id.BYTES)));
        }
        int count = in.count();
        long[] seqs = new long[deviceCount];
        List<Marks> marks = new ArrayList<>(count + 1);
        marks.add(Marks.NONE);
        for (int i = 0; i < count; i++) {
            int size = in.count();
            List<Marks.Mark> set = new ArrayList<>(size);
            for (int j = 0; j < size; j++) {
                int coded = (int) in.number(deviceCount * (long) kinds - 1);
                int device = coded / kinds;
                seqs[device] = in.difference(seqs[device], Long.MAX_VALUE);
                List<OpId> spares = coded % kinds == 2 ? loadSpared(in) : List.of();
                set.add(new Marks.Mark(new OpId(devices.get(device), seqs[device]), coded % kinds == 1, spares));
            }
            marks.add(Marks.of(set));
        }
        return marks;
    }

    private static List<OpId> loadSpared(SavedBytes.Reader in) {
        int count = in.count();
        List<OpId> spared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spared.add(new OpId(DeviceId.of(in.bytes(Id.BYTES)), in.number(Long.MAX_VALUE)));
        }
        return spared;
    }

    /** The items in reading order; each is also added to those of its author. */
    private static List<Item> loadItems(SavedBytes.Reader in, List<Author> authors, List<Marks> marks, List<List<Item>> byAuthor) {
        int count = in.count();
        int[] ends = new int[authors.size()];
        List<Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int index = (int) in.number(authors.size() - 1);
            Author author = authors.get(index);
            int clock = (int) in.difference(ends[index], author.next() - 1);
            int length = (int) in.number(author.next() - clock);
            if (length < 1) {
                throw new TextException("a saved item is empty");
            }
            CharId left = loadNeighbour(in, authors, clock);
            CharId right = loadNeighbour(in, authors, clock);
            Marks marked = marks.get((int) in.number(marks.size() - 1));
            Item item = new Item(author, clock, 0, length, 0, left, right, marked);
            items.add(item);
            byAuthor.get(index).add(item);
            ends[index] = clock + length;
        }
        return items;
    }

    private static CharId loadNeighbour(SavedBytes.Reader in, List<Author> authors, int clock) {
        int index = (int) in.number(authors.size());
        if (index == 0) {
            return null;
        }
        Author author = authors.get(index - 1);
        return new CharId(author.client, in.difference(clock, author.next() - 1));
    }
}
