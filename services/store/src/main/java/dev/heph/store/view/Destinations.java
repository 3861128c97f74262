package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.markdown.LinkRef;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.List;

/** Where the links of a text lead, whether it is saved or not. */
public final class Destinations {
    private final Resolution resolution;
    private final Source source;

    /** @param src the node whose text it is */
    public Destinations(Tx tx, Space space, Id src) {
        this.resolution = new Resolution(tx, space);
        this.source = Source.of(tx, space, src);
    }

    /** The node that a link means, and behind it those that nothing but their age tells from it. */
    public List<Id> of(LinkRef link) {
        return Resolution.meant(resolution.candidates(NameFold.fold(link.title())), () -> source, link.target(),
                link.kind() == LinkRef.Kind.MARKDOWN);
    }
}
