package dev.heph.model.merge;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What merge knows of one space and where it keeps it: the port between the merge rules and a storage. Every fact is a function
 * of the set of ops applied, so two replicas with the same ops hold equal facts. An implementation only keeps what it is
 * given; it decides nothing.
 */
public interface Facts {
    /** {@link Register#EMPTY} when never written. */
    Register register(Id entity, Field field);

    void register(Id entity, Field field, Register register);

    /** The link exists while it has a tag. */
    void addTag(Op.Link link, OpId tag);

    void removeTags(Op.Link link, Collection<OpId> tags);

    /** The entity is hidden while it has a tombstone. */
    void addTombstone(Id entity, OpId tombstone);

    void removeTombstones(Id entity, Collection<OpId> tombstones);

    /** An empty text when never edited. The caller may change it and must then give it back. */
    Text text(Id entity, String field);

    /** Which edits {@link #text} holds. */
    Version version(Id entity, String field);

    void text(Id entity, String field, Text text, Version version);

    /** Keeps what a bundle's author had seen of others since its bundle before. */
    void saw(DeviceId author, long firstSeq, Map<DeviceId, Head> heads);

    /** Everything that an op's author had seen when writing it, all its own ops before among it. */
    Version past(OpId op);

    /** Keeps an edit that took effect, unless the log does. */
    void addEdit(Id entity, String field, Edit edit);

    /** The edits of a text that took effect and that {@code seen} does not include. */
    List<Edit> editsBeyond(Id entity, String field, Version seen);

    /** What an op of this text did. */
    TextEdit edit(Id entity, String field, OpId op);

    /** Keeps a race, or that it is settled by now. */
    void race(Id entity, String field, Race race);

    /** The races of a text, settled ones too, in their order. */
    List<Race> races(Id entity, String field);

    /** Entries are shown in the order of (hlc, op); {@code hlc} is when it was written. */
    void addEntry(Id entity, OpId op, Hlc hlc, String text);

    /** The device introduced itself; the latest name it gave itself counts. Leaves a revocation as it is. */
    void enrol(DeviceId device, Bytes32 key, String name);

    /** What the device wrote after {@code last} does not count. Of several revocations the least head counts. */
    void revoke(DeviceId device, Head last);

    /** After which of its ops what a device wrote does not count; empty while it may write. A replica does not leave out what it wrote itself. */
    Optional<Head> ended(DeviceId device);

    /** An op about {@code entity} took effect; the least and greatest stamps are when it was created and modified. */
    void touch(Id entity, OpId op, Hlc hlc);
}
