package dev.heph.model.op;

import static dev.heph.model.op.Cbor.expect;
import static dev.heph.model.op.Cbor.nextBytes;
import static dev.heph.model.op.Cbor.nextLong;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bytes of {@link Page} and {@link Parcel}: maps with the keys of "page" in docs/design/wire-format.md. Unknown keys are passed over. */
final class PageCodec {
    private static final int ITEMS = 0;
    private static final int SIGNATURES = 1;
    private static final int EPOCH = 2;
    private static final int FROM = 3;
    private static final int LAST = 4;
    private static final int ACKNOWLEDGED = 5;

    /** What is one piece may be larger than {@link Parcel#MAX_OPS} suggests, but never by more than a bundle. */
    private static final int MOST_OF_PARCEL = 2 * Parcel.MAX_OPS;

    private static final int MOST_OF_PAGE = 2 * Page.MAX_OPS;

    private PageCodec() {}

    static byte[] encode(Parcel parcel) {
        return Cbor.write(out -> {
            out.writeStartObject(null, 2);
            out.writeFieldId(ITEMS);
            out.writeStartArray(null, parcel.bundles().size());
            for (Bundle bundle : parcel.bundles()) {
                write(out, bundle);
            }
            out.writeEndArray();
            signatures(out, parcel.signatures());
            out.writeEndObject();
        });
    }

    static byte[] encode(Page page) {
        return Cbor.write(out -> {
            out.writeStartObject(null, 6);
            out.writeFieldId(ITEMS);
            out.writeStartArray(null, page.items().size());
            for (Page.Item item : page.items()) {
                switch (item) {
                    case Page.Whole(Bundle bundle) -> write(out, bundle);
                    case Page.Known(DeviceId device, Head head) -> {
                        out.writeStartArray(null, 3);
                        out.writeBinary(device.bytes());
                        write(out, head.seq(), head.chain());
                        out.writeEndArray();
                    }
                }
            }
            out.writeEndArray();
            signatures(out, page.signatures());
            out.writeFieldId(EPOCH);
            out.writeBinary(page.epoch().bytes());
            out.writeFieldId(FROM);
            out.writeStartArray(null, 2);
            write(out, page.from().n(), page.from().chain());
            out.writeEndArray();
            out.writeFieldId(LAST);
            out.writeNumber(page.last());
            out.writeFieldId(ACKNOWLEDGED);
            out.writeStartArray(null, 2);
            write(out, page.acknowledged().seq(), page.acknowledged().chain());
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(CBORGenerator out, Bundle bundle) throws IOException {
        out.writeStartArray(null, 2);
        out.writeBinary(bundle.headerBytes());
        out.writeBinary(bundle.payload());
        out.writeEndArray();
    }

    private static void write(CBORGenerator out, long number, Bytes32 chain) throws IOException {
        out.writeNumber(number);
        out.writeBinary(chain.bytes());
    }

    private static void signatures(CBORGenerator out, SortedMap<DeviceId, byte[]> signatures) throws IOException {
        out.writeFieldId(SIGNATURES);
        out.writeStartArray(null, signatures.size());
        for (Map.Entry<DeviceId, byte[]> signature : signatures.entrySet()) {
            out.writeStartArray(null, 2);
            out.writeBinary(signature.getKey().bytes());
            out.writeBinary(signature.getValue());
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    static Parcel decodeParcel(byte[] bytes) {
        Parts parts = Cbor.read(bytes, "a parcel", in -> read(in, MOST_OF_PARCEL));
        List<Bundle> bundles = new ArrayList<>(parts.items.size());
        for (Page.Item item : parts.items) {
            if (!(item instanceof Page.Whole(Bundle bundle))) {
                throw new WireException("a parcel holds whole bundles only");
            }
            bundles.add(bundle);
        }
        return new Parcel(bundles, parts.signatures);
    }

    static Page decodePage(byte[] bytes) {
        Parts parts = Cbor.read(bytes, "a page", in -> read(in, MOST_OF_PAGE));
        if (parts.epoch == null || parts.from == null || parts.acknowledged == null || parts.last - parts.from.n() < parts.items.size()) {
            throw new WireException("a page lacks a part, or ends after the hub does");
        }
        return new Page(parts.epoch, parts.from, parts.items, parts.last, parts.acknowledged, parts.signatures);
    }

    /** What was read so far. */
    private static final class Parts {
        private final List<Page.Item> items = new ArrayList<>();
        private final SortedMap<DeviceId, byte[]> signatures = new TreeMap<>();
        private Id epoch;
        private Point from;
        private Head acknowledged;
        private long last = -1;
    }

    private static Parts read(CBORParser in, int most) throws IOException {
        expect(in, JsonToken.START_OBJECT);
        Parts parts = new Parts();
        for (int key = Cbor.nextKey(in); key != Cbor.END; key = Cbor.nextKey(in)) {
            switch (key) {
                case ITEMS -> list(in, most, () -> parts.items.add(item(in)));
                case SIGNATURES -> list(in, most, () -> parts.signatures.put(DeviceId.of(nextBytes(in)), nextBytes(in)));
                case EPOCH -> parts.epoch = Id.of(nextBytes(in));
                case FROM -> {
                    expect(in, JsonToken.START_ARRAY);
                    parts.from = new Point(nextLong(in), Bytes32.of(nextBytes(in)));
                    expect(in, JsonToken.END_ARRAY);
                }
                case LAST -> parts.last = nextLong(in);
                case ACKNOWLEDGED -> {
                    expect(in, JsonToken.START_ARRAY);
                    parts.acknowledged = new Head(nextLong(in), Bytes32.of(nextBytes(in)));
                    expect(in, JsonToken.END_ARRAY);
                }
                default -> Cbor.skipValue(in);
            }
        }
        return parts;
    }

    private interface Entry {
        void read() throws IOException;
    }

    /** A list of lists. */
    private static void list(CBORParser in, int most, Entry entry) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        int entries = 0;
        while (in.nextToken() == JsonToken.START_ARRAY) {
            if (++entries > most) {
                throw new WireException("holds more than " + most + " bundles or signatures");
            }
            entry.read();
            expect(in, JsonToken.END_ARRAY);
        }
        if (in.currentToken() != JsonToken.END_ARRAY) {
            throw new WireException("expected a list of lists, found " + in.currentToken());
        }
    }

    private static Page.Item item(CBORParser in) throws IOException {
        byte[] first = nextBytes(in);
        if (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            return new Page.Known(DeviceId.of(first), new Head(in.getLongValue(), Bytes32.of(nextBytes(in))));
        } else if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
            throw new WireException("expected a bundle's payload, found " + in.currentToken());
        }
        return new Page.Whole(Bundle.read(first, in.getBinaryValue()));
    }
}
