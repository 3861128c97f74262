package dev.heph.model.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;

/**
 * Ids that two devices which never met give to "the same" thing: UUID version 8 (RFC 9562 §5.8), the first 16 bytes of
 * SHA-256("heph/id/1", kind, parts) but for the version and variant bits; every part is preceded by its length in four
 * bytes. The rule is "derived ids" in docs/design/ids.md; golden vectors freeze it. Names are folded by {@link NameFold}.
 */
public final class DerivedId {
    private static final MessageDigest SHA_256;

    static {
        try {
            SHA_256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private DerivedId() {}

    public static Id journal(LocalDate date) {
        return derive("journal", utf8(date.toString()));
    }

    public static Id tag(String name) {
        return derive("tag", utf8(NameFold.fold(name)));
    }

    public static Id project(String name) {
        return derive("project", utf8(NameFold.fold(name)));
    }

    public static Id canonicalContext(Id task) {
        return derive("canonical-context", task.bytes());
    }

    /** A checklist item: the note it stands in and the text item of its marker character. */
    public static Id item(Id node, long client, long clock) {
        byte[] character = ByteBuffer.allocate(2 * Long.BYTES).putLong(client).putLong(clock).array();
        return derive("item", node.bytes(), character);
    }

    /** One occurrence of a recurring task; {@code start} is its original local start, ISO 8601. */
    public static Id occurrence(Id definition, String start) {
        return derive("occurrence", definition.bytes(), utf8(start));
    }

    /** The action that takes another one back. */
    public static Id undo(Id action) {
        return derive("undo", action.bytes());
    }

    /** What some ops disagree about: each op as the 16 bytes of its device and the 8 of its number, ascending. */
    public static Id conflict(Id entity, String field, byte[] ops) {
        return derive("conflict", entity.bytes(), utf8(field), ops);
    }

    /** The device that signs with {@code publicKey} (32 bytes, Ed25519). */
    public static DeviceId device(byte[] publicKey) {
        return new DeviceId(derive("device", publicKey));
    }

    private static Id derive(String kind, byte[]... parts) {
        MessageDigest digest = sha256();
        update(digest, utf8("heph/id/1"));
        update(digest, utf8(kind));
        for (byte[] part : parts) {
            update(digest, part);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = hash.getLong() & ~0xF000L | 0x8000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new Id(high, low);
    }

    private static void update(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A copy of one that has seen nothing: to look for the algorithm takes as long as the hash of a short text. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of every Java platform can be copied", e);
        }
    }
}
