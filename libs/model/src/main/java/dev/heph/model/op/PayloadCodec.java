package dev.heph.model.op;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.model.id.DeviceId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.TextEditCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bytes of a bundle's ops: an array of maps, each with its type (0), its target (1) and the keys of "ops" in
 * docs/design/wire-format.md. {@code seen} names ops of the bundle's own device by number alone.
 */
final class PayloadCodec {
    static final int TYPE = 0;
    static final int TARGET = 1;
    static final int FIELDS = 2;
    static final int FACET = 3;
    static final int FIELD = 4;
    static final int VALUE = 5;
    static final int SEEN = 6;
    static final int EDIT = 7;
    static final int BASE = 8;
    static final int LINK_TYPE = 9;
    static final int LINK_DST = 10;
    static final int LINK_KEY = 11;
    static final int TEXT = 12;
    static final int KEY = 13;
    static final int NAME = 14;
    static final int LAST_SEQ = 15;
    static final int LAST_CHAIN = 16;
    static final int WRITTEN = 17;
    static final int SIGNATURE = 18;

    private PayloadCodec() {}

    static byte[] encode(DeviceId author, List<Op> ops) {
        return Cbor.write(out -> {
            out.writeStartArray(null, ops.size());
            for (Op op : ops) {
                write(author, op, out);
            }
            out.writeEndArray();
        });
    }

    private static void write(DeviceId author, Op op, CBORGenerator out) throws IOException {
        switch (op) {
            case Op.NodeCreate create -> {
                head(op, 3, out);
                out.writeFieldId(FIELDS);
                fields(create.fields(), out);
            }
            case Op.NodeSet set -> {
                head(op, 5 + (set.seen().isEmpty() ? 0 : 1), out);
                text(out, FACET, set.field().facet());
                text(out, FIELD, set.field().name());
                out.writeFieldId(VALUE);
                ValueCodec.write(set.value(), out);
                seen(author, set.seen(), out);
            }
            case Op.TextChange change -> {
                head(op, 4 + (change.base().isPresent() ? 1 : 0), out);
                text(out, FIELD, change.field());
                out.writeFieldId(EDIT);
                TextEditCodec.write(change.edit(), out);
                if (change.base().isPresent()) {
                    out.writeFieldId(BASE);
                    out.writeBinary(change.base().get().bytes());
                }
            }
            case Op.LinkAdd(Op.Link link) -> {
                head(op, 4 + (link.key().isPresent() ? 1 : 0), out);
                link(link, List.of(), author, out);
            }
            case Op.LinkRemove(Op.Link link, List<OpId> seen) -> {
                head(op, 4 + (link.key().isPresent() ? 1 : 0) + (seen.isEmpty() ? 0 : 1), out);
                link(link, seen, author, out);
            }
            case Op.Tombstone tombstone -> head(op, 2, out);
            case Op.Restore restore -> {
                head(op, 2 + (restore.seen().isEmpty() ? 0 : 1), out);
                seen(author, restore.seen(), out);
            }
            case Op.LogAppend append -> {
                head(op, 3 + (append.written().isPresent() ? 1 : 0), out);
                text(out, TEXT, append.text());
                if (append.written().isPresent()) {
                    out.writeFieldId(WRITTEN);
                    out.writeNumber(append.written().get());
                }
            }
            case Op.DeviceEnrol enrol -> {
                head(op, 4, out);
                out.writeFieldId(KEY);
                out.writeBinary(enrol.key().bytes());
                text(out, NAME, enrol.name());
            }
            case Op.DeviceAdmit(Admission admission) -> {
                head(op, 5, out);
                out.writeFieldId(KEY);
                out.writeBinary(admission.hub().bytes());
                out.writeFieldId(WRITTEN);
                out.writeNumber(admission.at());
                out.writeFieldId(SIGNATURE);
                out.writeBinary(admission.signature());
            }
            case Op.DeviceRevoke revoke -> {
                head(op, 4, out);
                out.writeFieldId(LAST_SEQ);
                out.writeNumber(revoke.last().seq());
                out.writeFieldId(LAST_CHAIN);
                out.writeBinary(revoke.last().chain().bytes());
            }
            case Op.Unknown unknown -> throw new WireException("an op of unknown type '" + unknown.type()
                    + "' cannot be written, only forwarded");
        }
        out.writeEndObject();
    }

    private static void head(Op op, int keys, CBORGenerator out) throws IOException {
        out.writeStartObject(null, keys);
        text(out, TYPE, op.type());
        out.writeFieldId(TARGET);
        out.writeBinary(op.target().bytes());
    }

    private static void text(CBORGenerator out, int key, String text) throws IOException {
        out.writeFieldId(key);
        Cbor.text(out, text);
    }

    /** Values by facet and field. */
    private static void fields(SortedMap<Field, Value> fields, CBORGenerator out) throws IOException {
        SortedMap<String, SortedMap<String, Value>> facets = new TreeMap<>(Cbor.KEY_ORDER);
        fields.forEach((field, value) -> facets
                .computeIfAbsent(field.facet(), facet -> new TreeMap<>(Cbor.KEY_ORDER))
                .put(field.name(), value));
        out.writeStartObject(null, facets.size());
        for (Map.Entry<String, SortedMap<String, Value>> facet : facets.entrySet()) {
            out.writeFieldName(facet.getKey());
            out.writeStartObject(null, facet.getValue().size());
            for (Map.Entry<String, Value> field : facet.getValue().entrySet()) {
                out.writeFieldName(field.getKey());
                ValueCodec.write(field.getValue(), out);
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void link(Op.Link link, List<OpId> seen, DeviceId author, CBORGenerator out) throws IOException {
        seen(author, seen, out);
        text(out, LINK_TYPE, link.type());
        out.writeFieldId(LINK_DST);
        out.writeBinary(link.dst().bytes());
        if (link.key().isPresent()) {
            text(out, LINK_KEY, link.key().get());
        }
    }

    private static void seen(DeviceId author, List<OpId> seen, CBORGenerator out) throws IOException {
        if (seen.isEmpty()) {
            return;
        }
        out.writeFieldId(SEEN);
        out.writeStartArray(null, seen.size());
        for (OpId op : seen) {
            if (op.device().equals(author)) {
                out.writeNumber(op.seq());
            } else {
                out.writeStartArray(null, 2);
                out.writeBinary(op.device().bytes());
                out.writeNumber(op.seq());
                out.writeEndArray();
            }
        }
        out.writeEndArray();
    }

    static List<Op> decode(DeviceId author, byte[] payload) {
        return Cbor.read(payload, "a bundle's payload", in -> read(author, in));
    }

    private static List<Op> read(DeviceId author, CBORParser in) throws IOException {
        Cbor.expect(in, JsonToken.START_ARRAY);
        List<Op> ops = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            ops.add(OpReader.read(author, in));
        }
        if (in.currentToken() != JsonToken.END_ARRAY) {
            throw new WireException("a payload is a list of ops, found " + in.currentToken());
        }
        return ops;
    }
}
