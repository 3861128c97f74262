package dev.heph.sync.hub;

import dev.heph.sync.wire.Exchange;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.util.Set;

/** Lets gzipped bodies in as they are, which the server otherwise refuses: they are unzipped where their length is watched. */
final class Untouched implements ContentEncoding {
    @Override
    public Set<String> ids() {
        return Set.of(Exchange.GZIP);
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return Exchange.GZIP;
    }

    @Override
    public String type() {
        return Exchange.GZIP;
    }
}
