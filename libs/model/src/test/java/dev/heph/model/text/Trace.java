package dev.heph.model.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heph.model.op.OpId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A recorded editing session in the format of josephg/editing-traces: transactions of patches whose positions count code
 * points, in a graph of parents when several people wrote, one after the other when one did.
 */
record Trace(String startContent, String endContent, List<Txn> txns) {
    record Patch(int position, int deleted, String inserted) {}

    record Txn(List<Integer> parents, int agent, List<Patch> patches) {}

    static Trace read(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                JsonParser json = new JsonFactory().createParser(in)) {
            String start = "";
            String end = "";
            List<Txn> txns = new ArrayList<>();
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                switch (field) {
                    case "startContent" -> start = json.nextTextValue();
                    case "endContent" -> end = json.nextTextValue();
                    case "txns" -> {
                        json.nextToken();
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            txns.add(txn(json, txns.size()));
                        }
                    }
                    default -> skip(json);
                }
            }
            return new Trace(start, end, txns);
        }
    }

    private static Txn txn(JsonParser json, int index) throws IOException {
        List<Integer> parents = null;
        int agent = 0;
        List<Patch> patches = new ArrayList<>();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "parents" -> {
                    parents = new ArrayList<>();
                    json.nextToken();
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        parents.add(json.getIntValue());
                    }
                }
                case "agent" -> agent = json.nextIntValue(0);
                case "patches" -> {
                    json.nextToken();
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        patches.add(new Patch(json.nextIntValue(0), json.nextIntValue(0), json.nextTextValue()));
                        json.nextToken();
                    }
                }
                default -> skip(json);
            }
        }
        return new Txn(parents != null ? parents : index == 0 ? List.of() : List.of(index - 1), agent, patches);
    }

    private static void skip(JsonParser json) throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    /** Every author's edits, made on a replica that knows what they knew, then heard by one that hears everything. */
    Text replay() {
        boolean wide = txns.stream().flatMap(txn -> txn.patches.stream())
                .anyMatch(patch -> patch.inserted.length() != patch.inserted.codePointCount(0, patch.inserted.length()));
        Map<Integer, Author> authors = new HashMap<>();
        List<Map<OpId, TextEdit>> made = new ArrayList<>();
        Text all = new Text();
        start(all);
        for (int i = 0; i < txns.size(); i++) {
            Author author = authors.computeIfAbsent(txns.get(i).agent, agent -> new Author(agent, this));
            author.hear(txns.get(i).parents, made);
            made.add(author.make(txns.get(i), i, wide));
            made.get(i).forEach(all::apply);
        }
        return all;
    }

    private void start(Text text) {
        if (!startContent.isEmpty()) {
            text.splice(Replica.op(1_000, 1), 1_000, 0, 0, startContent);
        }
    }

    private static final class Author {
        private final int client;
        private final Trace trace;
        private final Text text = new Text();
        private final BitSet known = new BitSet();

        Author(int agent, Trace trace) {
            this.client = agent + 1;
            this.trace = trace;
            trace.start(text);
        }

        /** Catches up with these transactions and all that they build on. */
        void hear(List<Integer> parents, List<Map<OpId, TextEdit>> made) {
            BitSet missing = new BitSet();
            Deque<Integer> open = new ArrayDeque<>(parents);
            while (!open.isEmpty()) {
                int txn = open.pop();
                if (!known.get(txn) && !missing.get(txn)) {
                    missing.set(txn);
                    open.addAll(trace.txns.get(txn).parents);
                }
            }
            missing.stream().forEach(txn -> made.get(txn).forEach(text::apply));
            known.or(missing);
        }

        Map<OpId, TextEdit> make(Txn txn, int index, boolean wide) {
            Map<OpId, TextEdit> edits = new LinkedHashMap<>();
            for (Patch patch : txn.patches) {
                int from = patch.position;
                int length = patch.deleted;
                if (wide) {
                    String body = text.toString();
                    from = body.offsetByCodePoints(0, patch.position);
                    length = body.offsetByCodePoints(from, patch.deleted) - from;
                }
                OpId op = Replica.op(client, index * 1_000L + edits.size() + 1);
                edits.put(op, text.splice(op, client, from, length, patch.inserted));
            }
            known.set(index);
            return edits;
        }
    }
}
