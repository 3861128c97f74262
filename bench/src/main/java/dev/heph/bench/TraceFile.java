package dev.heph.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a trace, {@code .json} or {@code .json.gz}: {@code {startContent?, endContent, txns: [{parents?, agent?, patches: [[position, deleted,
 * inserted, …], …]}, …]}}. What else stands there is passed over.
 */
final class TraceFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();
    private static final int GZIP = 0x1f;

    private final JsonParser json;
    private final List<Trace.Txn> txns = new ArrayList<>();

    private TraceFile(JsonParser json) {
        this.json = json;
    }

    /** @throws NoTrace when the file cannot be read as one; its message says why, in one line */
    static Trace read(Path file) {
        try (InputStream in = unpacked(new BufferedInputStream(Files.newInputStream(file))); JsonParser json = JSON.createParser(in)) {
            return new TraceFile(json).trace();
        } catch (StreamReadException | ZipException | EOFException broken) {
            throw new NoTrace("is no trace: " + (broken instanceof StreamReadException json ? json.getOriginalMessage() : broken.getMessage()));
        } catch (IOException e) {
            throw new NoTrace("cannot be read: " + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == GZIP ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private Trace trace() throws IOException {
        String start = "";
        String end = null;
        boolean listed = false;
        require(JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "startContent" -> start = text();
                case "endContent" -> end = text();
                case "txns" -> {
                    listed = true;
                    require(JsonToken.START_ARRAY, "a list");
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        txns.add(txn());
                    }
                }
                default -> skip();
            }
        }
        if (end == null || !listed) {
            throw new NoTrace("is no trace: it has no " + (listed ? "endContent" : "txns"));
        }
        return new Trace(start, end, txns);
    }

    private Trace.Txn txn() throws IOException {
        int[] parents = txns.isEmpty() ? new int[0] : new int[] {txns.size() - 1};
        int agent = 0;
        List<Trace.Patch> patches = new ArrayList<>();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unlike("a transaction");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "parents" -> parents = parents();
                case "agent" -> agent = number(Integer.MAX_VALUE);
                case "patches" -> {
                    require(JsonToken.START_ARRAY, "a list");
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        patches.add(patch());
                    }
                }
                default -> skip();
            }
        }
        return new Trace.Txn(parents, agent, List.copyOf(patches));
    }

    private int[] parents() throws IOException {
        List<Integer> parents = new ArrayList<>();
        require(JsonToken.START_ARRAY, "a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            parents.add(current(txns.size() - 1));
        }
        return parents.stream().mapToInt(Integer::intValue).toArray();
    }

    private Trace.Patch patch() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw unlike("a patch");
        }
        Trace.Patch patch = new Trace.Patch(number(Integer.MAX_VALUE), number(Integer.MAX_VALUE), text());
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren(); // some recordings give the time of each patch
        }
        return patch;
    }

    private String text() throws IOException {
        require(JsonToken.VALUE_STRING, "a text");
        return json.getText();
    }

    private int number(int most) throws IOException {
        json.nextToken();
        return current(most);
    }

    private int current(int most) throws IOException {
        boolean number = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT;
        if (!number || json.getIntValue() < 0 || json.getIntValue() > most) {
            throw unlike("a number from 0 to " + most);
        }
        return json.getIntValue();
    }

    private void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    private void require(JsonToken token, String what) throws IOException {
        if (json.nextToken() != token) {
            throw unlike(what);
        }
    }

    private NoTrace unlike(String what) throws IOException {
        String name = json.currentName();
        return new NoTrace("is no trace: " + (name == null ? "it" : "'" + name + "'") + " is not " + what
                + (txns.isEmpty() ? "" : ", after transaction " + txns.size()));
    }

    /** The file is no trace, or one that contradicts itself. */
    static final class NoTrace extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoTrace(String message) {
            super(message);
        }
    }
}
