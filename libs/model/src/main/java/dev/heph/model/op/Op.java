package dev.heph.model.op;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.TextEdit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One change, the unit that replicas agree on. The types are few and open: a new fact is a new field, link type or kind
 * before it is a new op. {@code seen} names the writes, tags or tombstones that the author had before it and replaces.
 */
public sealed interface Op {
    /** The last moment of the year 9999, in epoch milliseconds. */
    long LATEST = 253_402_300_799_999L;

    /** The stable name on the wire. */
    String type();

    /** The entity that the op is about. */
    Id target();

    /** Whether it is about who writes, and not about what people write. */
    default boolean isOfDevices() {
        return this instanceof DeviceEnrol || this instanceof DeviceAdmit || this instanceof DeviceRevoke;
    }

    /** Makes a node exist and gives it its first values; {@code fields} includes {@code node.kind}. Idempotent for derived ids. */
    record NodeCreate(Id target, SortedMap<Field, Value> fields) implements Op {
        public NodeCreate {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        @Override
        public String type() {
            return "node.create";
        }
    }

    /** Writes one register. */
    record NodeSet(Id target, Field field, Value value, List<OpId> seen) implements Op {
        public NodeSet {
            seen = List.copyOf(seen);
        }

        @Override
        public String type() {
            return "node.set";
        }
    }

    /**
     * Edits one text of a node.
     *
     * @param base the version the author edited, when that was not all the author's replica had
     */
    record TextChange(Id target, String field, TextEdit edit, Optional<Version> base) implements Op {
        @Override
        public String type() {
            return "text.edit";
        }
    }

    /** Adds a link; the op's id is its tag. An alias is a link of type {@code alias} to itself with the name as key. */
    record LinkAdd(Link link) implements Op {
        @Override
        public String type() {
            return "link.add";
        }

        @Override
        public Id target() {
            return link.src();
        }
    }

    /** Removes the tags of a link that the author saw. */
    record LinkRemove(Link link, List<OpId> seen) implements Op {
        public LinkRemove {
            seen = List.copyOf(seen);
        }

        @Override
        public String type() {
            return "link.remove";
        }

        @Override
        public Id target() {
            return link.src();
        }
    }

    /** Hides a node from every query. */
    record Tombstone(Id target) implements Op {
        @Override
        public String type() {
            return "node.tombstone";
        }
    }

    /** Cancels the tombstones that its author saw, the only way back. */
    record Restore(Id target, List<OpId> seen) implements Op {
        public Restore {
            seen = List.copyOf(seen);
        }

        @Override
        public String type() {
            return "node.restore";
        }
    }

    /**
     * Adds an entry to a node's log.
     *
     * @param written when it was written, in epoch milliseconds, if that was before this op: somewhere from where it was exported
     */
    record LogAppend(Id target, String text, Optional<Long> written) implements Op {
        public LogAppend(Id target, String text) {
            this(target, text, Optional.empty());
        }

        /** Where it stands among the others: at the time it was written. */
        public Hlc place(Hlc stamp) {
            return written.map(millis -> new Hlc(millis, 0)).orElse(stamp);
        }

        @Override
        public String type() {
            return "log.append";
        }
    }

    /** A device introduces itself and the key it signs with; the first op of every device. */
    record DeviceEnrol(Bytes32 key, String name) implements Op {
        @Override
        public String type() {
            return "device.enrol";
        }

        @Override
        public Id target() {
            return DerivedId.device(key.bytes()).id();
        }
    }

    /** A device shows the word of a hub that it was let in there, countersigned by the hub. */
    record DeviceAdmit(Admission admission) implements Op {
        @Override
        public String type() {
            return "device.admit";
        }

        @Override
        public Id target() {
            return admission.device().id();
        }
    }

    /** Ends a device's right to write after its op {@code last}. */
    record DeviceRevoke(DeviceId device, Head last) implements Op {
        @Override
        public String type() {
            return "device.revoke";
        }

        @Override
        public Id target() {
            return device.id();
        }
    }

    /** An op of a later version: kept as bytes, forwarded, not applied. */
    record Unknown(String type, Id target) implements Op {}

    /** The ends of a link, its open type, and a key that tells links of one type between the same ends apart. */
    record Link(Id src, String type, Id dst, Optional<String> key) {
        public Link {
            if (type.isEmpty() || key.filter(String::isEmpty).isPresent()) {
                throw new IllegalArgumentException("a link's type and key are not empty");
            }
        }
    }
}
