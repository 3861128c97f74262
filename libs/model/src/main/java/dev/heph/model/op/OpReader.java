package dev.heph.model.op;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.TextEditCodec;
import dev.heph.model.text.TextException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads one op from its map. Keys that the type does not use are passed over; a type, or a type of value, that this version
 * does not know gives {@link Op.Unknown}, which is kept and not applied.
 */
final class OpReader {
    private static final Set<String> KNOWN_TYPES = Set.of("node.create", "node.set", "text.edit", "link.add", "link.remove",
            "node.tombstone", "node.restore", "log.append", "device.enrol", "device.admit", "device.revoke");

    private final DeviceId author;
    private String type;
    private Id target;
    private SortedMap<Field, Value> fields;
    private String facet;
    private String field;
    private Value value;
    private List<OpId> seen = List.of();
    private TextEdit edit;
    private Optional<Version> base = Optional.empty();
    private String linkType;
    private Id linkDst;
    private Optional<String> linkKey = Optional.empty();
    private String text;
    private Bytes32 key;
    private String name;
    private long lastSeq;
    private Bytes32 lastChain;
    private Optional<Long> written = Optional.empty();
    private byte[] signature;
    private boolean fromLaterVersion;

    private OpReader(DeviceId author) {
        this.author = author;
    }

    /** @param in stands on the op's START_OBJECT */
    static Op read(DeviceId author, CBORParser in) throws IOException {
        OpReader reader = new OpReader(author);
        try {
            for (int key = Cbor.nextKey(in); key != Cbor.END; key = Cbor.nextKey(in)) {
                reader.entry(key, in);
            }
            return reader.op();
        } catch (TextException e) {
            throw new WireException("a text edit is malformed: " + e.getMessage(), e);
        }
    }

    private void entry(int entry, CBORParser in) throws IOException {
        if (entry > PayloadCodec.TARGET && !KNOWN_TYPES.contains(need(type, "type"))) {
            // What the parts of a later version's op mean, and how they are written, is its own affair.
            Cbor.skipValue(in);
            return;
        }
        switch (entry) {
            case PayloadCodec.TYPE -> type = Cbor.nextText(in);
            case PayloadCodec.TARGET -> target = Id.of(Cbor.nextBytes(in));
            case PayloadCodec.FIELDS -> fields = fields(in);
            case PayloadCodec.FACET -> facet = Cbor.nextText(in);
            case PayloadCodec.FIELD -> field = Cbor.nextText(in);
            case PayloadCodec.VALUE -> value = value(in);
            case PayloadCodec.SEEN -> seen = seen(in);
            case PayloadCodec.EDIT -> edit = edit(in);
            case PayloadCodec.BASE -> base = Optional.of(version(Cbor.nextBytes(in)));
            case PayloadCodec.LINK_TYPE -> linkType = Cbor.nextText(in);
            case PayloadCodec.LINK_DST -> linkDst = Id.of(Cbor.nextBytes(in));
            case PayloadCodec.LINK_KEY -> linkKey = Optional.of(Cbor.nextText(in));
            case PayloadCodec.TEXT -> text = Cbor.nextText(in);
            case PayloadCodec.KEY -> key = Bytes32.of(Cbor.nextBytes(in));
            case PayloadCodec.NAME -> name = Cbor.nextText(in);
            case PayloadCodec.LAST_SEQ -> lastSeq = Cbor.nextLong(in);
            case PayloadCodec.LAST_CHAIN -> lastChain = Bytes32.of(Cbor.nextBytes(in));
            case PayloadCodec.SIGNATURE -> signature = Cbor.nextBytes(in);
            case PayloadCodec.WRITTEN -> written = Optional.of(time(Cbor.nextLong(in)));
            default -> Cbor.skipValue(in);
        }
    }

    private Op op() {
        need(type, "type");
        need(target, "target");
        if (fromLaterVersion) {
            return new Op.Unknown(type, target);
        }
        return switch (type) {
            case "node.create" -> new Op.NodeCreate(target, need(fields, "fields"));
            case "node.set" -> new Op.NodeSet(target, new Field(need(facet, "facet"), need(field, "field")),
                    need(value, "value"), seen);
            case "text.edit" -> new Op.TextChange(target, need(field, "field"), need(edit, "edit"), base);
            case "link.add" -> new Op.LinkAdd(link());
            case "link.remove" -> new Op.LinkRemove(link(), seen);
            case "node.tombstone" -> new Op.Tombstone(target);
            case "node.restore" -> new Op.Restore(target, seen);
            case "log.append" -> new Op.LogAppend(target, need(text, "text"), written);
            case "device.enrol" -> enrolment();
            case "device.admit" -> admission();
            case "device.revoke" -> new Op.DeviceRevoke(new DeviceId(target), new Head(lastSeq, need(lastChain, "chain")));
            default -> new Op.Unknown(type, target);
        };
    }

    private Op enrolment() {
        Op.DeviceEnrol enrol = new Op.DeviceEnrol(need(key, "key"), need(name, "name"));
        if (!enrol.target().equals(target) || !author.id().equals(target)) {
            throw new WireException("a device.enrol names a device that its key does not make, or another than its author");
        }
        return enrol;
    }

    private Op admission() {
        if (!author.id().equals(target)) {
            throw new WireException("a device.admit is about another device than its author");
        }
        long at = written.orElseThrow(() -> new WireException("a device.admit lacks its time"));
        return new Op.DeviceAdmit(new Admission(author, need(key, "key"), at, need(signature, "signature")).verified());
    }

    private Op.Link link() {
        return new Op.Link(target, need(linkType, "link type"), need(linkDst, "link end"), linkKey);
    }

    private <T> T need(T part, String what) {
        if (part == null) {
            throw new WireException("an op of type '" + type + "' lacks its " + what);
        }
        return part;
    }

    private Value value(CBORParser in) throws IOException {
        Optional<Value> read = ValueCodec.read(in);
        fromLaterVersion |= read.isEmpty();
        return read.orElse(Value.NONE);
    }

    private SortedMap<Field, Value> fields(CBORParser in) throws IOException {
        SortedMap<Field, Value> read = new TreeMap<>();
        Cbor.expect(in, JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String inFacet = in.currentName();
            Cbor.expect(in, JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                Field at = new Field(inFacet, in.currentName());
                read.put(at, value(in));
            }
        }
        return read;
    }

    private List<OpId> seen(CBORParser in) throws IOException {
        List<OpId> read = new ArrayList<>();
        Cbor.expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == JsonToken.START_ARRAY) {
                DeviceId device = DeviceId.of(Cbor.nextBytes(in));
                read.add(new OpId(device, Cbor.nextLong(in)));
                Cbor.expect(in, JsonToken.END_ARRAY);
            } else {
                read.add(new OpId(author, Cbor.longHere(in)));
            }
        }
        return read;
    }

    private static long time(long millis) {
        if (millis < 0 || millis > Op.LATEST) {
            throw new WireException("an entry of a log was written at a time that is none: " + millis);
        }
        return millis;
    }

    private static TextEdit edit(CBORParser in) throws IOException {
        in.nextToken();
        return TextEditCodec.read(in);
    }

    private static Version version(byte[] bytes) {
        return Version.of(bytes).orElseThrow(() -> new WireException("a text edit's base version is malformed"));
    }
}
