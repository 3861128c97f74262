package dev.heph.model.text;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text edit as CBOR (RFC 8949), the form it has inside an op; frozen by golden files.
 * <pre>
 * edit     = [clients, clock, runs?, deletes?, undeletes?]     empty arrays at the end are dropped
 * clients  = [+ uint, at most 53 bits]                         the writer first, then others in order of first mention
 * run      = [neighbour, neighbour, text]                      left, right; flattened into the array
 * neighbour= 0 | (client index + 1, clock)                     0: the start or the end of the text
 * deletes  = [* (client index, clock, length)]                 flattened
 * undelete = [device bytes(16), seq, client index, clock, length]
 * </pre>
 * Lengths are definite, integers the shortest possible. A keystroke takes some 22 bytes.
 */
public final class TextEditCodec {
    private static final CBORFactory CBOR = CBORFactory.builder()
            // The op's size is limited where it is read; a string is never longer than the bytes at hand.
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private TextEditCodec() {}

    public static byte[] write(TextEdit edit) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator out = CBOR.createGenerator(bytes)) {
            write(edit, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Writes the edit as the next value. */
    public static void write(TextEdit edit, CBORGenerator out) throws IOException {
        Map<Long, Integer> clients = clients(edit);
        int parts = !edit.undeletes().isEmpty() ? 5 : !edit.deletes().isEmpty() ? 4 : !edit.runs().isEmpty() ? 3 : 2;
        out.writeStartArray(null, parts);
        out.writeStartArray(null, clients.size());
        for (long client : clients.keySet()) {
            out.writeNumber(client);
        }
        out.writeEndArray();
        out.writeNumber(edit.clock());
        if (parts > 2) {
            out.writeStartArray(null, edit.runs().size());
            for (Run run : edit.runs()) {
                writeRun(out, run, clients);
            }
            out.writeEndArray();
        }
        if (parts > 3) {
            out.writeStartArray(null, edit.deletes().size() * 3);
            for (DeleteRange range : edit.deletes()) {
                writeRange(out, range, clients);
            }
            out.writeEndArray();
        }
        if (parts > 4) {
            out.writeStartArray(null, edit.undeletes().size());
            for (Undelete undelete : edit.undeletes()) {
                out.writeStartArray(null, 5);
                out.writeBinary(undelete.cancelled().device().bytes());
                out.writeNumber(undelete.cancelled().seq());
                writeRange(out, undelete.range(), clients);
                out.writeEndArray();
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    private static Map<Long, Integer> clients(TextEdit edit) {
        Map<Long, Integer> clients = new LinkedHashMap<>();
        clients.put(edit.client(), 0);
        for (Run run : edit.runs()) {
            if (run.left() != null) {
                clients.putIfAbsent(run.left().client(), clients.size());
            }
            if (run.right() != null) {
                clients.putIfAbsent(run.right().client(), clients.size());
            }
        }
        edit.deletes().forEach(range -> clients.putIfAbsent(range.client(), clients.size()));
        edit.undeletes().forEach(undelete -> clients.putIfAbsent(undelete.range().client(), clients.size()));
        return clients;
    }

    private static void writeRun(CBORGenerator out, Run run, Map<Long, Integer> clients) throws IOException {
        out.writeStartArray(null, 3 + (run.left() == null ? 0 : 1) + (run.right() == null ? 0 : 1));
        writeNeighbour(out, run.left(), clients);
        writeNeighbour(out, run.right(), clients);
        // As bytes, because the generator would cut a long string into chunks of indefinite length.
        byte[] text = run.text().getBytes(StandardCharsets.UTF_8);
        out.writeUTF8String(text, 0, text.length);
        out.writeEndArray();
    }

    private static void writeNeighbour(CBORGenerator out, CharId id, Map<Long, Integer> clients) throws IOException {
        if (id == null) {
            out.writeNumber(0);
        } else {
            out.writeNumber(clients.get(id.client()) + 1);
            out.writeNumber(id.clock());
        }
    }

    private static void writeRange(CBORGenerator out, DeleteRange range, Map<Long, Integer> clients) throws IOException {
        out.writeNumber(clients.get(range.client()));
        out.writeNumber(range.clock());
        out.writeNumber(range.length());
    }

    /**
     * Reads what {@link #write(TextEdit)} wrote, and nothing behind it.
     *
     * @throws TextException if the bytes are anything else
     */
    public static TextEdit read(byte[] bytes) {
        try (CBORParser in = CBOR.createParser(bytes)) {
            in.nextToken();
            TextEdit edit = read(in);
            if (in.nextToken() != null) {
                throw new TextException("bytes follow the text edit");
            }
            return edit;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads an edit whose opening array is the parser's current token; its closing one is current afterwards.
     *
     * @throws TextException if the value is not a text edit or cannot be read
     */
    public static TextEdit read(CBORParser in) {
        try {
            return new Input(in).edit();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static TextException unreadable(IOException e) {
        return new TextException("the text edit is not readable as CBOR", e);
    }

    /** Strict reading: every token must be the one that the grammar above has at this place. */
    private static final class Input {
        private final CBORParser in;
        private List<Long> clients;

        Input(CBORParser in) {
            this.in = in;
        }

        TextEdit edit() throws IOException {
            require(in.currentToken(), JsonToken.START_ARRAY);
            require(in.nextToken(), JsonToken.START_ARRAY);
            Set<Long> listed = new LinkedHashSet<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (!listed.add(number(CharId.MAX_CLIENT))) {
                    throw new TextException("the text edit lists client " + in.getLongValue() + " twice");
                }
            }
            if (listed.isEmpty()) {
                throw new TextException("the text edit names no client");
            }
            clients = List.copyOf(listed);
            in.nextToken();
            long clock = number(CharId.MAX_CLOCK);
            List<Run> runs = new ArrayList<>();
            List<DeleteRange> deletes = new ArrayList<>();
            List<Undelete> undeletes = new ArrayList<>();
            if (another()) {
                while (another()) {
                    runs.add(run());
                }
                if (another()) {
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        deletes.add(range());
                    }
                    if (another()) {
                        while (another()) {
                            undeletes.add(undelete());
                        }
                        require(in.nextToken(), JsonToken.END_ARRAY);
                    }
                }
            }
            return new TextEdit(clients.getFirst(), clock, runs, deletes, undeletes);
        }

        private Run run() throws IOException {
            CharId left = neighbour();
            CharId right = neighbour();
            require(in.nextToken(), JsonToken.VALUE_STRING);
            Run run = new Run(left, right, in.getText());
            require(in.nextToken(), JsonToken.END_ARRAY);
            return run;
        }

        private CharId neighbour() throws IOException {
            in.nextToken();
            int index = (int) number(clients.size());
            if (index == 0) {
                return null;
            }
            in.nextToken();
            return new CharId(clients.get(index - 1), number(CharId.MAX_CLOCK));
        }

        /** A range whose client index is the current token. */
        private DeleteRange range() throws IOException {
            long client = clients.get((int) number(clients.size() - 1));
            in.nextToken();
            long clock = number(CharId.MAX_CLOCK);
            in.nextToken();
            return new DeleteRange(client, clock, number(CharId.MAX_CLOCK));
        }

        private Undelete undelete() throws IOException {
            require(in.nextToken(), JsonToken.VALUE_EMBEDDED_OBJECT);
            byte[] device = in.getBinaryValue();
            if (device.length != Id.BYTES) {
                throw new TextException("the text edit names a device by " + device.length + " bytes");
            }
            in.nextToken();
            long seq = number(Long.MAX_VALUE);
            if (seq == 0) {
                throw new TextException("the text edit undeletes op 0, which cannot be");
            }
            in.nextToken();
            DeleteRange range = range();
            require(in.nextToken(), JsonToken.END_ARRAY);
            return new Undelete(new OpId(DeviceId.of(device), seq), range);
        }

        /** Whether the next token opens one more array, not closes this one. */
        private boolean another() throws IOException {
            JsonToken next = in.nextToken();
            if (next != JsonToken.END_ARRAY) {
                require(next, JsonToken.START_ARRAY);
            }
            return next == JsonToken.START_ARRAY;
        }

        /** The current token as an integer from 0 to {@code most}. */
        private long number(long most) throws IOException {
            require(in.currentToken(), JsonToken.VALUE_NUMBER_INT);
            boolean fits = in.getNumberType() != CBORParser.NumberType.BIG_INTEGER;
            if (!fits || in.getLongValue() < 0 || in.getLongValue() > most) {
                throw new TextException("the text edit holds the number " + in.getNumberValue()
                        + " where 0 to " + most + " can be");
            }
            return in.getLongValue();
        }

        private void require(JsonToken actual, JsonToken expected) throws IOException {
            if (actual != expected) {
                throw new TextException("the text edit has " + (actual == null ? "its end" : actual) + " where "
                        + expected + " belongs");
            }
            if (in.getCurrentTag() >= 0) {
                throw new TextException("the text edit holds a CBOR tag, which it never does");
            }
        }
    }
}
