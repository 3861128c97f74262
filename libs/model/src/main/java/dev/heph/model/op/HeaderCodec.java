package dev.heph.model.op;

import static dev.heph.model.op.Cbor.expect;
import static dev.heph.model.op.Cbor.nextBytes;
import static dev.heph.model.op.Cbor.nextInt;
import static dev.heph.model.op.Cbor.nextLong;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bytes of a {@link Header}: a map with the keys of "header" in docs/design/wire-format.md. Unknown keys are passed over. */
final class HeaderCodec {
    private static final int FORMAT = 0;
    private static final int SPACE = 1;
    private static final int DEVICE = 2;
    private static final int ACTOR = 3;
    private static final int FIRST_SEQ = 4;
    private static final int COUNT = 5;
    private static final int HLC = 6;
    private static final int PREVIOUS = 7;
    private static final int ACTION = 8;
    private static final int HEADS = 9;
    private static final int PAYLOAD_HASH = 10;
    private static final int PAYLOAD_SIZE = 11;

    private HeaderCodec() {}

    static byte[] encode(Header header) {
        return Cbor.write(out -> write(header, out));
    }

    private static void write(Header header, CBORGenerator out) throws IOException {
        int keys = 10 + (header.actor().isPresent() ? 1 : 0) + (header.heads().isEmpty() ? 0 : 1);
        out.writeStartObject(null, keys);
        out.writeFieldId(FORMAT);
        out.writeNumber(header.format());
        out.writeFieldId(SPACE);
        Cbor.text(out, header.space());
        bytes(out, DEVICE, header.device().bytes());
        if (header.actor().isPresent()) {
            bytes(out, ACTOR, header.actor().get().bytes());
        }
        out.writeFieldId(FIRST_SEQ);
        out.writeNumber(header.firstSeq());
        out.writeFieldId(COUNT);
        out.writeNumber(header.count());
        bytes(out, HLC, header.hlc().bytes());
        bytes(out, PREVIOUS, header.previous().bytes());
        out.writeFieldId(ACTION);
        out.writeStartArray(null, 3);
        out.writeBinary(header.action().id().bytes());
        out.writeNumber(header.action().index());
        out.writeBoolean(header.action().last());
        out.writeEndArray();
        if (!header.heads().isEmpty()) {
            out.writeFieldId(HEADS);
            out.writeStartArray(null, header.heads().size());
            for (Map.Entry<DeviceId, Head> head : header.heads().entrySet()) {
                out.writeStartArray(null, 3);
                out.writeBinary(head.getKey().bytes());
                out.writeNumber(head.getValue().seq());
                out.writeBinary(head.getValue().chain().bytes());
                out.writeEndArray();
            }
            out.writeEndArray();
        }
        bytes(out, PAYLOAD_HASH, header.payloadHash().bytes());
        out.writeFieldId(PAYLOAD_SIZE);
        out.writeNumber(header.payloadSize());
        out.writeEndObject();
    }

    private static void bytes(CBORGenerator out, int key, byte[] value) throws IOException {
        out.writeFieldId(key);
        out.writeBinary(value);
    }

    static Header decode(byte[] bytes) {
        return Cbor.read(bytes, "a bundle's header", HeaderCodec::read);
    }

    private static Header read(CBORParser in) throws IOException {
        expect(in, JsonToken.START_OBJECT);
        int format = 0;
        String space = null;
        DeviceId device = null;
        Optional<Bytes32> actor = Optional.empty();
        long firstSeq = 0;
        int count = 0;
        Hlc hlc = null;
        Bytes32 previous = null;
        Action action = null;
        SortedMap<DeviceId, Head> heads = Collections.emptySortedMap();
        Bytes32 payloadHash = null;
        int payloadSize = -1;
        for (int key = Cbor.nextKey(in); key != Cbor.END; key = Cbor.nextKey(in)) {
            switch (key) {
                case FORMAT -> format = nextInt(in);
                case SPACE -> space = Cbor.nextText(in);
                case DEVICE -> device = DeviceId.of(nextBytes(in));
                case ACTOR -> actor = Optional.of(Bytes32.of(nextBytes(in)));
                case FIRST_SEQ -> firstSeq = nextLong(in);
                case COUNT -> count = nextInt(in);
                case HLC -> hlc = Hlc.of(nextBytes(in));
                case PREVIOUS -> previous = Bytes32.of(nextBytes(in));
                case ACTION -> action = action(in);
                case HEADS -> heads = heads(in);
                case PAYLOAD_HASH -> payloadHash = Bytes32.of(nextBytes(in));
                case PAYLOAD_SIZE -> payloadSize = nextInt(in);
                default -> Cbor.skipValue(in);
            }
        }
        if (space == null || device == null || hlc == null || previous == null || action == null || payloadHash == null) {
            throw new WireException("a bundle's header lacks a part");
        }
        return new Header(format, space, device, actor, firstSeq, count, hlc, previous, action, heads, payloadHash, payloadSize);
    }

    private static Action action(CBORParser in) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        Id id = Id.of(nextBytes(in));
        int index = nextInt(in);
        JsonToken last = in.nextToken();
        if (last != JsonToken.VALUE_TRUE && last != JsonToken.VALUE_FALSE) {
            throw new WireException("a bundle's action does not say whether it is the last");
        }
        expect(in, JsonToken.END_ARRAY);
        return new Action(id, index, last == JsonToken.VALUE_TRUE);
    }

    private static SortedMap<DeviceId, Head> heads(CBORParser in) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        SortedMap<DeviceId, Head> heads = new TreeMap<>();
        while (in.nextToken() == JsonToken.START_ARRAY) {
            DeviceId device = DeviceId.of(nextBytes(in));
            if (!heads.isEmpty() && device.compareTo(heads.lastKey()) <= 0) {
                throw new WireException("a bundle's heads do not ascend");
            }
            heads.put(device, new Head(nextLong(in), Bytes32.of(nextBytes(in))));
            expect(in, JsonToken.END_ARRAY);
        }
        if (in.currentToken() != JsonToken.END_ARRAY) {
            throw new WireException("a bundle's heads are a list of lists, found " + in.currentToken());
        }
        return heads;
    }
}
