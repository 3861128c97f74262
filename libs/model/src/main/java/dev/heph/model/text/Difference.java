package dev.heph.model.text;

import dev.heph.model.op.OpId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one text holds that another may lack. The characters are those behind the other's clocks; deletes have no clocks, so all of them are
 * here: who exchanges edits by a log sends those ops instead.
 *
 * @param written edits that only write, each after those it builds on
 * @param deleted what each op deleted and what of it was taken back
 * @param spared where these deletes do not count
 */
public record Difference(List<TextEdit> written, SortedMap<OpId, TextEdit> deleted, List<Spared> spared) {
    static Difference of(SortedMap<Long, Author> authors, Sequence sequence, Map<Long, Long> clocks) {
        return new Difference(new Writing(authors, clocks).edits(), deletes(sequence), spared(sequence));
    }

    private static SortedMap<OpId, TextEdit> deletes(Sequence sequence) {
        SortedMap<OpId, TextEdit> deletes = new TreeMap<>();
        SortedMap<OpId, List<DeleteRange>> standing = new TreeMap<>();
        SortedMap<OpId, List<Undelete>> cancelled = new TreeMap<>();
        for (Item item = sequence.first(); item != null; item = item.next) {
            DeleteRange range = new DeleteRange(item.author.client, item.clock, item.length);
            for (Marks.Mark mark : item.marks.list()) {
                List<DeleteRange> ranges = standing.computeIfAbsent(mark.op(), op -> new ArrayList<>());
                if (mark.cancelled()) {
                    cancelled.computeIfAbsent(mark.op(), op -> new ArrayList<>()).add(new Undelete(mark.op(), range));
                } else {
                    ranges.add(range);
                }
            }
        }
        standing.forEach((op, ranges) -> deletes.put(op, new TextEdit(0, 0, List.of(), ranges, cancelled.getOrDefault(op, List.of()))));
        return deletes;
    }

    private static List<Spared> spared(Sequence sequence) {
        List<Spared> spared = new ArrayList<>();
        for (Item item = sequence.first(); item != null; item = item.next) {
            for (Marks.Mark mark : item.marks.list()) {
                DeleteRange range = new DeleteRange(item.author.client, item.clock, item.length);
                mark.spared().forEach(writer -> spared.add(new Spared(mark.op(), writer, range)));
            }
        }
        return List.copyOf(spared);
    }

    /** Puts items in an order in which their neighbours come before them. */
    private static final class Writing {
        private final SortedMap<Long, Author> authors;
        private final Map<Long, Long> next;
        private final List<TextEdit> edits = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private CharId first;

        Writing(SortedMap<Long, Author> authors, Map<Long, Long> clocks) {
            this.authors = authors;
            this.next = new HashMap<>(clocks);
        }

        List<TextEdit> edits() {
            for (Author author : authors.values()) {
                write(author);
            }
            end();
            return List.copyOf(edits);
        }

        private void write(Author author) {
            Deque<CharId> wanted = new ArrayDeque<>();
            if (author.next() > next(author.client)) {
                wanted.push(new CharId(author.client, author.next() - 1));
            }
            while (!wanted.isEmpty()) {
                long client = wanted.peek().client();
                if (next(client) > wanted.peek().clock()) {
                    wanted.pop();
                    continue;
                }
                Item item = authors.get(client).at((int) next(client));
                int offset = (int) next(client) - item.clock;
                CharId left = item.leftOf(offset);
                if (lacks(left)) {
                    wanted.push(left);
                } else if (lacks(item.right)) {
                    wanted.push(item.right);
                } else {
                    add(item, offset, left);
                }
            }
        }

        private void add(Item item, int offset, CharId left) {
            if (first != null && first.client() != item.author.client) {
                end();
            }
            first = first == null ? item.id(offset) : first;
            runs.add(new Run(left, item.right, item.author.written(item, offset)));
            next.put(item.author.client, (long) item.end());
        }

        private void end() {
            if (first != null) {
                edits.add(new TextEdit(first.client(), first.clock(), runs, List.of(), List.of()));
                runs.clear();
                first = null;
            }
        }

        private boolean lacks(CharId id) {
            return id != null && next(id.client()) <= id.clock();
        }

        private long next(long client) {
            return next.getOrDefault(client, 0L);
        }
    }
}
