package dev.heph.model.op;

import java.util.List;
import java.util.Objects;

/**
 * The atomic unit of the log: a header and a payload, kept and forwarded as the bytes that came. The hash of the header's
 * bytes is the chain hash after this bundle, and the header holds the payload's hash, so one signature over a chain hash
 * covers everything before it.
 */
public final class Bundle {
    /** Limits of one bundle; a larger action is several. */
    public static final int MAX_OPS = 1_000;

    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /** Enough for the heads of 4,000 devices. */
    public static final int MAX_HEADER_BYTES = 1 << 18;

    private final Header header;
    private final byte[] headerBytes;
    private final byte[] payload;
    private final Bytes32 chain;
    private List<Op> ops;

    private Bundle(Header header, byte[] headerBytes, byte[] payload) {
        this.header = header;
        this.headerBytes = headerBytes;
        this.payload = payload;
        this.chain = Bytes32.sha256(headerBytes);
    }

    /**
     * A new bundle of {@code count} ops; hash, size and count in {@code draft} are replaced by the right ones.
     *
     * @param payload the ops, encoded
     * @throws IllegalArgumentException when there is no op, or more than fits the limits
     */
    static Bundle write(Header draft, int count, byte[] payload) {
        Header header = new Header(draft.format(), draft.space(), draft.device(), draft.actor(), draft.firstSeq(), count,
                draft.hlc(), draft.previous(), draft.action(), draft.heads(), Bytes32.sha256(payload), payload.length);
        return new Bundle(header, HeaderCodec.encode(header), payload);
    }

    /**
     * A bundle from its bytes, its payload checked against its header. The chain and the signature are checked by
     * {@link Segment}.
     *
     * @throws WireException when the bytes are not a bundle, or not the one the header promises
     */
    public static Bundle read(byte[] headerBytes, byte[] payload) {
        if (headerBytes.length > MAX_HEADER_BYTES) {
            throw new WireException("a bundle's header has at most " + MAX_HEADER_BYTES + " bytes, not " + headerBytes.length);
        }
        Header header = HeaderCodec.decode(headerBytes);
        if (header.payloadSize() != payload.length || !header.payloadHash().equals(Bytes32.sha256(payload))) {
            throw new WireException("the payload of bundle " + header.device() + ":" + header.firstSeq()
                    + " is not the one its header promises");
        }
        return new Bundle(header, headerBytes.clone(), payload.clone());
    }

    public Header header() {
        return header;
    }

    public byte[] headerBytes() {
        return headerBytes.clone();
    }

    public byte[] payload() {
        return payload.clone();
    }

    /** The chain hash after this bundle. */
    public Bytes32 chain() {
        return chain;
    }

    /** Where the device's chain stands after this bundle. */
    public Head head() {
        return new Head(header.lastSeq(), chain);
    }

    /** The name of the {@code index}-th op, from 0. */
    public OpId opId(int index) {
        return new OpId(header.device(), header.firstSeq() + index);
    }

    /**
     * The ops, decoded at the first call.
     *
     * @throws WireException when the payload is malformed, of a later format, or holds another number of ops than the
     *     header says; the bundle is then kept, counted and forwarded as it is, and none of it is applied
     */
    public List<Op> ops() {
        if (ops == null) {
            ops = List.copyOf(decoded());
        }
        return ops;
    }

    private List<Op> decoded() {
        if (header.format() != Header.FORMAT) {
            throw new WireException("a bundle is of format " + header.format() + ", this version applies " + Header.FORMAT);
        }
        List<Op> ops = PayloadCodec.decode(header.device(), payload);
        if (ops.size() != header.count()) {
            throw new WireException("a bundle promises " + header.count() + " ops and holds " + ops.size());
        }
        return ops;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bundle bundle && chain.equals(bundle.chain);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(chain);
    }

    @Override
    public String toString() {
        return "bundle " + header.device() + ":" + header.firstSeq() + "+" + header.count();
    }
}
