package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Bundles of a later version, for tests. */
public final class LaterOps {
    private LaterOps() {}

    /** A first bundle with one op, of a type that is not known. */
    public static Bundle bundle(DeviceId author) {
        String known = new String(PayloadCodec.encode(author, List.of(new Op.Tombstone(new Id(1, 1)))), StandardCharsets.ISO_8859_1);
        byte[] payload = known.replace("node.tombstone", "node.tombstony").getBytes(StandardCharsets.ISO_8859_1);
        Header header = new Header(Header.FORMAT, Header.PERSONAL, author, Optional.empty(), 1, 1, new Hlc(1, 0), Bytes32.ZERO,
                Action.single(new Id(1, 1)), Collections.emptySortedMap(), Bytes32.sha256(payload), payload.length);
        return Bundle.read(HeaderCodec.encode(header), payload);
    }
}
