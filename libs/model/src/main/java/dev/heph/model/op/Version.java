package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which edits a text holds: of each device, all its ops on that text up to a number. Its text form is the {@code rev} of the RPC. */
public record Version(SortedMap<DeviceId, Long> seqs) {
    public static final Version EMPTY = new Version(Collections.emptySortedMap());
    private static final int ENTRY_BYTES = Id.BYTES + Long.BYTES;

    public Version {
        seqs = Collections.unmodifiableSortedMap(new TreeMap<>(seqs));
    }

    public boolean includes(OpId op) {
        return seqs.getOrDefault(op.device(), 0L) >= op.seq();
    }

    /** This version and {@code op} with everything its device wrote before. */
    public Version with(OpId op) {
        if (includes(op)) {
            return this;
        }
        SortedMap<DeviceId, Long> next = new TreeMap<>(seqs);
        next.put(op.device(), op.seq());
        return new Version(next);
    }

    public boolean includes(Version other) {
        return other.seqs.entrySet().stream()
                .allMatch(entry -> seqs.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
    }

    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(seqs.size() * ENTRY_BYTES);
        for (Map.Entry<DeviceId, Long> entry : seqs.entrySet()) {
            buffer.put(entry.getKey().bytes()).putLong(entry.getValue());
        }
        return buffer.array();
    }

    /** The version in {@code bytes}, or nothing when they are not one. */
    public static Optional<Version> of(byte[] bytes) {
        if (bytes.length % ENTRY_BYTES != 0) {
            return Optional.empty();
        }
        SortedMap<DeviceId, Long> seqs = new TreeMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            DeviceId device = new DeviceId(new Id(buffer.getLong(), buffer.getLong()));
            long seq = buffer.getLong();
            if (seq < 1 || seqs.put(device, seq) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Version(seqs));
    }

    /** The opaque {@code rev}; the empty version is {@code "0"}. */
    public String rev() {
        return seqs.isEmpty() ? "0" : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    public static Optional<Version> parse(String rev) {
        if (rev.equals("0")) {
            return Optional.of(EMPTY);
        }
        try {
            return of(Base64.getUrlDecoder().decode(rev)).filter(version -> !version.seqs.isEmpty());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
