package dev.heph.store.replica;

import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.WireException;
import java.util.List;

/** What a version of heph reads in a bundle: this one all that there is; a test may know less. */
public interface Reading {
    /** @throws WireException when it cannot be read at all */
    List<Op> ops(Bundle bundle);
}
