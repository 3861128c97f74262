package dev.heph.gateway.foreign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a file into the JSON objects that it lists: an array, objects one after the other, with commas or without, on one
 * line or on many. A JSON parser gives up at the first thing that is wrong; this finds the next object after it. No
 * string of JSON goes over the end of a line, and an object inside another one is not indented less than that: so an
 * object that breaks off takes no other with it.
 */
final class JsonObjects {
    static final int MAX_BYTES = 1 << 20;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** Takes the objects. Lines are counted from 1. */
    interface Sink {
        /** @param line in which it begins @param json its braces match; it may be no JSON all the same */
        void object(long line, byte[] json);

        void broken(long line, String reason);
    }

    private enum State {
        BETWEEN,
        INSIDE,
        LOST
    }

    private final Sink sink;
    private final ByteArrayOutputStream object = new ByteArrayOutputStream();
    private State state = State.BETWEEN;
    private long line = 1;
    private int column;
    private boolean lineBegins = true;
    private int lineIndent;

    private long began;
    private int indent;
    private int depth;
    private boolean quoted;
    private boolean escaped;

    private JsonObjects(Sink sink) {
        this.sink = sink;
    }

    static void read(InputStream in, Sink sink) throws IOException {
        JsonObjects objects = new JsonObjects(sink);
        byte[] chunk = new byte[CHUNK_BYTES];
        boolean first = true;
        for (int count = in.readNBytes(chunk, 0, CHUNK_BYTES); count > 0; count = in.readNBytes(chunk, 0, CHUNK_BYTES)) {
            for (int i = first && marked(chunk, count) ? BYTE_ORDER_MARK.length : 0; i < count; i++) {
                objects.next(chunk[i]);
            }
            first = false;
        }
        if (objects.state == State.INSIDE) {
            sink.broken(objects.began, "breaks off");
        }
    }

    private static boolean marked(byte[] chunk, int count) {
        return count >= BYTE_ORDER_MARK.length
                && Arrays.equals(chunk, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private void next(byte b) {
        if (b == '\n') {
            endLine();
            return;
        }
        column++;
        if (lineIndent == 0 && !blank(b)) {
            lineIndent = column;
        }
        boolean beginsLine = lineBegins && b == '{';
        lineBegins &= blank(b) || b == ',' || b == '[';
        switch (state) {
            case BETWEEN -> between(b);
            case INSIDE -> {
                if (beginsLine && lineIndent <= indent) {
                    lose("breaks off");
                    begin(b);
                } else {
                    inside(b);
                }
            }
            case LOST -> {
                if (beginsLine && lineIndent <= indent) {
                    begin(b);
                }
            }
        }
    }

    private void endLine() {
        if (state == State.INSIDE) {
            if (quoted) {
                lose("breaks off inside quotes");
            } else {
                object.write('\n');
            }
        }
        line++;
        column = 0;
        lineIndent = 0;
        lineBegins = true;
    }

    private void between(byte b) {
        if (b == '{') {
            begin(b);
        } else if (!blank(b) && b != ',' && b != '[' && b != ']') {
            began = line;
            indent = Integer.MAX_VALUE;
            lose("is no JSON object");
        }
    }

    private void begin(byte b) {
        state = State.INSIDE;
        began = line;
        indent = lineIndent;
        depth = 0;
        quoted = false;
        escaped = false;
        object.reset();
        inside(b);
    }

    private void inside(byte b) {
        object.write(b);
        if (quoted) {
            quoted = escaped || b != '"';
            escaped = !escaped && b == '\\';
        } else if (b == '"') {
            quoted = true;
        } else if (b == '{') {
            depth++;
        } else if (b == '}' && --depth == 0) {
            state = State.BETWEEN;
            sink.object(began, object.toByteArray());
            return;
        }
        if (object.size() > MAX_BYTES) {
            lose("is over " + (MAX_BYTES >> 20) + " MiB");
        }
    }

    private void lose(String reason) {
        state = State.LOST;
        sink.broken(began, reason);
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
